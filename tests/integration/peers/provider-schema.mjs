// SPDX-License-Identifier: GPL-3.0-or-later
// usage: node provider-schema.mjs <schema> <file>...   Prints each file's errors as {"<file>": [...]}; an empty list is a good file.
import Ajv2020 from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';

const [schema, ...files] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const ajv = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false, formats: { regex: true } });
const validate = ajv.compile(read(schema));
const results = {};
for (const file of files)
  results[file] = validate(read(file)) ? [] : validate.errors.map((error) => `${error.instancePath}: ${error.message}`);
console.log(JSON.stringify(results));
