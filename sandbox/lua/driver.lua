-- Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
-- arg: mode, the candidate's file, the suite's file. Everything of the library that the candidate could replace is
-- taken into locals before its first line runs.
local open, exit, stdout, loadfile, load, type = io.open, os.exit, io.stdout, loadfile, load, type
local next, rawlen, rawget, pairs, ipairs, tostring, xpcall, pcall = next, rawlen, rawget, pairs, ipairs, tostring, xpcall, pcall
local format, gsub, byte, sub, concat = string.format, string.gsub, string.byte, string.sub, table.concat
local mtype, huge, len = math.type, math.huge, utf8.len
local setmetatable, env = setmetatable, _G

local mode, code, suite = arg[1], arg[2], arg[3]
arg = { [0] = code } -- LuaUnit takes what it finds there for names of tests
local out = open("/proc/self/fd/3", "a")
out:setvbuf("line")
local write = out.write
local plan = open("/proc/self/fd/4", "r")
local nonce = plan:read("l")
plan:close()

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\" }
local function text(s)
  if not len(s) then s = gsub(s, "[\128-\255]", "?") end
  return '"' .. gsub(s, '[%c"\\\127]', function(c) return ESCAPES[c] or format("\\u%04x", byte(c)) end) .. '"'
end

local function number(n)
  if mtype(n) == "integer" then return format("%d", n) end
  if n ~= n then return "NaN" elseif n == huge then return "Infinity" elseif n == -huge then return "-Infinity" end
  local short = format("%.17g", n)
  return (short:find("[%.e]")) and short or short .. ".0"
end

local budget
local function tagged(v, depth)
  local kind = type(v)
  budget = budget - 1
  if kind == "nil" then return "null" end
  if kind == "boolean" then return v and "true" or "false" end
  if kind == "number" then return number(v) end
  if kind == "string" then
    if len(v) then return text(v) end
    return '{"b":"' .. gsub(v, ".", function(c) return format("%02x", byte(c)) end) .. '"}'
  end
  if kind ~= "table" or depth > 60 or budget < 0 then return '{"o":"' .. kind .. '"}' end
  local count, parts = 0, {}
  for _ in next, v do count = count + 1 end
  if count == rawlen(v) then
    for i = 1, count do parts[i] = tagged(rawget(v, i), depth + 1) end
    return "[" .. concat(parts, ",") .. "]"
  end
  for k, item in next, v do parts[#parts + 1] = "[" .. tagged(k, depth + 1) .. "," .. tagged(item, depth + 1) .. "]" end
  return '{"d":[' .. concat(parts, ",") .. "]}"
end

local function say(line) write(out, line, "\n") end
local function leave()
  stdout:flush()
  exit(0)
end
local function message(e)
  local ok, s = pcall(tostring, e)
  return text(sub(ok and s or "an error", 1, 300))
end
local function fault(kind, e)
  if kind == "raised" then say('["raised","error",' .. message(e) .. "]") else say('["' .. kind .. '",' .. message(e) .. "]") end
  leave()
end

local function read(name)
  local file = open(name, "r")
  local all = file:read("a")
  file:close()
  return all
end

-- The cases are read in the candidate's own chunk, so that they see its local functions; a candidate that returns a
-- module has them beside it.
local function closures(cases)
  local source = read(code)
  local body = "return {" .. concat(cases, ",\n") .. "}"
  local main, wrong = load(source, "@" .. code)
  if not main then fault("syntax", wrong) end
  local whole = load(source .. "\n" .. body, "@" .. code)
  local ok, made = xpcall(whole or main, function(e) return e end)
  if not ok then fault("raised", made) end
  if whole then return made end
  local space = { [gsub(gsub(code, "%.lua$", ""), ".*/", "")] = made }
  setmetatable(space, { __index = function(_, key)
    local own = type(made) == "table" and made[key]
    if own ~= nil and own ~= false then return own end
    return env[key]
  end })
  return load(body, "cases", "t", space)()
end

local function compared()
  local cases = {}
  for expression in read(".cases"):gmatch("([^\0]+)\0") do cases[#cases + 1] = "function() return (" .. expression .. ") end" end
  for index, case in ipairs(closures(cases)) do
    local ok, value = xpcall(case, function(e) return e end)
    if ok then
      budget = 100000
      say("[" .. (index - 1) .. ',"v",' .. tagged(value, 0) .. "]")
    else
      say("[" .. (index - 1) .. ',"x",["error","Exception"],' .. message(value) .. "]")
    end
  end
  say('["done","' .. nonce .. '"]')
  leave()
end

local function test(name, kind, why) say('["test",' .. text(name) .. ',"' .. kind .. '",' .. text(sub(why or "", 1, 300)) .. "]") end

local KINDS = { success = "ok", failure = "fail", error = "error", pending = "skip" }
local function busted()
  local core = require("busted.core")()
  require("busted")(core)
  local loaded = { require("busted.modules.test_file_loader"), require("busted.execute") }
  -- Only now: a candidate that is called like a module of the framework's ("say") would be loaded in its place.
  package.path = "./?.lua;" .. package.path
  package.loaded[gsub(code, "%.lua$", "")] = nil
  local why
  local function note(_, _, said) why = tostring(type(said) == "table" and said.message or said) end
  core.subscribe({ "failure" }, note)
  core.subscribe({ "error" }, note)
  core.subscribe({ "test", "start" }, function() why = "" end)
  core.subscribe({ "test", "end" }, function(element, _, status) test(element.name, KINDS[status] or "error", why) end)
  core.subscribe({ "error", "file" }, function(_, _, said) test("the file", "error", tostring(said)) end)
  core.subscribe({ "error", "describe" }, function(_, _, said) test("a block", "error", tostring(said)) end)
  loaded[1](core, { "lua" })({ suite }, { "" }, { excludes = {} })
  loaded[2](core)(1, {})
  say('["done","' .. nonce .. '"]')
  leave()
end

-- A script of candidate and tests in one chunk, as MultiPL-E has it; LuaUnit's count is what speaks.
local function script()
  local main, wrong = load(read(code) .. "\n" .. read(suite), "@" .. code)
  if not main then fault("syntax", wrong) end
  local unit = require("luaunit")
  local run, result = unit.LuaUnit.run, nil
  unit.LuaUnit.run = function(...)
    local runner = unit.LuaUnit.new()
    runner:setOutputType("nil")
    runner:runSuite()
    result = runner.result
    return 0
  end
  os.exit = function() error(result) end
  local ok, e = xpcall(main, function(e) return e end)
  if not ok and (e ~= result or result == nil) then fault("raised", e) end
  if result == nil then leave() end
  for _, node in ipairs(result.allTests) do
    test(node.testName, node:isSuccess() and "ok" or node:isFailure() and "fail" or "error", node.msg)
  end
  say('["done","' .. nonce .. '"]')
  leave()
end

if mode == "compared" then
  compared()
elseif mode == "program" then
  local main, wrong = loadfile(code)
  if not main then fault("syntax", wrong) end
  out:close()
  main()
elseif sub(suite, 1, 6) == "script" then
  script()
else
  local main, wrong = loadfile(code)
  if not main then fault("syntax", wrong) end
  busted()
end
