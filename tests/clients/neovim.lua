-- Tells the story of tests/clients/story.rs in Neovim, with the files that a user installs. Neovim before 0.8 cannot use those:
-- there the server is attached by hand.
local uv = vim.uv or vim.loop
local json = { encode = vim.json and vim.json.encode or vim.fn.json_encode, decode = vim.json and vim.json.decode or vim.fn.json_decode }
local folder, told = vim.env.CQLINT_FOLDER, io.open(vim.env.CQLINT_TOLD, "a")
local expected = json.decode(table.concat(vim.fn.readfile(vim.env.CQLINT_FOUND), "\n"))
local files = { "schema.cql", "queries.cql", "Shop.java" }
local buffers = {}

local function tell(step, file, by, answer)
  answer.step, answer.file, answer.by = step, file, by
  told:write(json.encode(answer) .. "\n")
  told:flush()
end

local function text(file)
  return table.concat(vim.api.nvim_buf_get_lines(buffers[file], 0, -1, false), "\n") .. "\n"
end

local function findings(file)
  local lines = {}
  for _, finding in ipairs(vim.diagnostic.get(buffers[file])) do
    local marked = vim.api.nvim_buf_get_text(buffers[file], finding.lnum, finding.col, finding.end_lnum, finding.end_col, {})
    local code = finding.code or finding.user_data.lsp.code
    lines[#lines + 1] = finding.lnum + 1 .. " " .. code .. ": " .. table.concat(marked, "\n")
  end
  table.sort(lines)
  return lines
end

local function tell_findings(step, by, wanted)
  for _, file in ipairs(files) do
    vim.wait(20000, function() return vim.deep_equal(findings(file), wanted[file]) end, 50)
    tell(step, file, by, { findings = findings(file) })
  end
end

local function client()
  local clients = vim.lsp.get_clients and vim.lsp.get_clients({ name = "cqlint" }) or vim.lsp.get_active_clients()
  return clients[1]
end

-- How each version starts a server.
local function attach()
  if vim.fn.has("nvim-0.11") == 1 then
    vim.lsp.enable("cqlint")
    return "vim.lsp.enable"
  elseif vim.lsp.start then
    -- The files of CQL start it by themselves.
    vim.api.nvim_create_autocmd("FileType", {
      pattern = "java",
      callback = function() vim.lsp.start({ name = "cqlint", cmd = { "cqlint", "lsp" }, root_dir = folder }) end,
    })
    return "ftplugin/cqlang.lua"
  end
  local id = vim.lsp.start_client({ name = "cqlint", cmd = { "cqlint", "lsp" }, root_dir = folder })
  vim.api.nvim_create_autocmd("FileType", {
    pattern = { "cqlang", "java" },
    callback = function() vim.lsp.buf_attach_client(vim.api.nvim_get_current_buf(), id) end,
  })
  return "vim.lsp.start_client"
end

-- Puts the cursor on a place of a file, which is shown.
local function go(file, pattern)
  vim.api.nvim_set_current_win(vim.fn.win_findbuf(buffers[file])[1])
  vim.fn.cursor(1, 1)
  assert(vim.fn.search(pattern, "cW") > 0, pattern .. " is not in " .. file)
end

local function changed(file, step)
  local old = text(file)
  step()
  vim.wait(20000, function() return text(file) ~= old end, 20)
  return { text = text(file) }
end

local function request(method, parameters)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, parameters, 20000) or {}) do
    if answer.result then return answer.result end
  end
end

local function position()
  return vim.lsp.util.make_position_params(0, client().offset_encoding)
end

-- Where several actions fit, the first is chosen; nobody is there to be asked.
vim.ui.select = function(items, _, choose) choose(items[1], 1) end

local function quick_fix()
  if vim.fn.has("nvim-0.8") == 1 then
    vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
    return
  end
  local parameters = vim.lsp.util.make_range_params()
  parameters.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }
  for _, action in ipairs(request("textDocument/codeAction", parameters)) do
    if action.isPreferred then
      action = action.edit and action or request("codeAction/resolve", action)
      return vim.lsp.util.apply_workspace_edit(action.edit, client().offset_encoding or "utf-16")
    end
  end
end

local function fix_all()
  local context = { only = { "source.fixAll.cqlint" }, diagnostics = {} }
  if vim.fn.has("nvim-0.8") == 1 then return vim.lsp.buf.code_action({ context = context, apply = true }) end
  local parameters = vim.lsp.util.make_range_params()
  parameters.context = context
  local action = request("textDocument/codeAction", parameters)[1]
  action = action.edit and action or request("codeAction/resolve", action)
  vim.lsp.util.apply_workspace_edit(action.edit, client().offset_encoding or "utf-16")
end

local function hover()
  go("queries.cql", "UPDATE visits")
  local contents = (request("textDocument/hover", position()) or {}).contents
  return { text = type(contents) == "table" and contents.value or contents or "" }
end

local function story()
  local by = attach()
  for _, file in ipairs(files) do
    -- In a window of its own: Neovim asks for what it shows.
    vim.cmd("split " .. vim.fn.fnameescape(folder .. "/" .. file))
    buffers[file] = vim.api.nvim_get_current_buf()
  end
  vim.wait(20000, function() return client() ~= nil and (client().initialized == nil or client().initialized) end, 20)
  local version = vim.version()
  tell("started", "", by, { text = ("Neovim %d.%d.%d, file type %s, %s"):format(
    version.major, version.minor, version.patch, vim.bo[buffers["schema.cql"]].filetype, client().offset_encoding or "utf-16") })
  tell_findings("findings", "vim.diagnostic.get", expected.before)
  tell("hover", "queries.cql", "textDocument/hover", hover())
  go("Shop.java", 'newInstance("SELECT amount')
  tell("fixed", "Shop.java", "vim.lsp.buf.code_action", changed("Shop.java", quick_fix))
  go("schema.cql", "CREATE TABLE orders")
  tell("fixed all", "schema.cql", "source.fixAll.cqlint", changed("schema.cql", fix_all))
  go("schema.cql", "amount")
  changed("schema.cql", function() vim.lsp.buf.rename("total") end)
  for _, file in ipairs(files) do
    tell("renamed", file, "vim.lsp.buf.rename", { text = text(file) })
  end
  tell_findings("findings again", "vim.diagnostic.get", expected.after)
end

local ok, problem = pcall(story)
if not ok then io.stderr:write(tostring(problem) .. "\n") end
for _, running in pairs(client() and { client() } or {}) do
  if vim.fn.has("nvim-0.11") == 1 then running:stop() else running.stop() end
end
vim.cmd(ok and "qall!" or "cquit 1")
