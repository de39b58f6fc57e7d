" Neovim 0.10 and newer know `.cql` by themselves, as `cqlang`; older ones do not.
autocmd BufRead,BufNewFile *.cql,*.cqlsh if &filetype ==# '' | setfiletype cqlang | endif
