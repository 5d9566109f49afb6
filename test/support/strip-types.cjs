// Jest on native TypeScript: types are stripped by Node itself, nothing is compiled.
const { stripTypeScriptTypes } = require('node:module');

module.exports = { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
