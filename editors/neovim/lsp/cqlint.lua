-- cqlint: may this CQL statement safely be executed twice? For `vim.lsp.enable("cqlint")` of Neovim 0.11 and newer.

-- A line above a table ("used by 3 queries") opens the places in the quickfix list.
vim.lsp.commands["cqlint.showReferences"] = function(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client and client.offset_encoding or "utf-16")
  vim.fn.setqflist({}, " ", { title = command.title, items = items })
  vim.cmd("botright copen")
end

return {
  cmd = { "cqlint", "lsp" },
  -- Neovim calls `.cql` files `cqlang`.
  filetypes = {
    "cql",
    "cqlang",
    "c",
    "cpp",
    "cs",
    "go",
    "java",
    "javascript",
    "javascriptreact",
    "kotlin",
    "markdown",
    "php",
    "python",
    "rust",
    "scala",
    "typescript",
    "typescriptreact",
  },
  init_options = { commands = { "cqlint.showReferences" } },
  root_markers = { "cqlint.toml", ".git" },
}
