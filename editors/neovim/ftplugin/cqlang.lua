-- How CQL is commented out and indented.
vim.bo.commentstring = "-- %s"
vim.bo.comments = "s1:/*,mb:*,ex:*/,:--,://"
vim.b.undo_ftplugin = (vim.b.undo_ftplugin and vim.b.undo_ftplugin .. " | " or "") .. "setlocal commentstring< comments<"

-- Before 0.11 there is no `vim.lsp.enable`: the server is started for each file.
if vim.fn.has("nvim-0.11") == 0 and vim.lsp.start then
  local root = vim.fs.find({ "cqlint.toml", ".git" }, { upward = true, path = vim.fs.dirname(vim.api.nvim_buf_get_name(0)) })[1]
  vim.lsp.start({ name = "cqlint", cmd = { "cqlint", "lsp" }, root_dir = root and vim.fs.dirname(root) })
end
