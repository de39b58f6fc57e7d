-- A file may also be called `cql`, by your own settings or by another plugin.
vim.cmd("runtime ftplugin/cqlang.lua")
