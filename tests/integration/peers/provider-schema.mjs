// SPDX-License-Identifier: GPL-3.0-or-later
// usage: node provider-schema.mjs <schema> --list <file>   The file is a JSON array of documents: prints a list of their errors.
//        node provider-schema.mjs <schema> <file>...   Prints each file's errors as {"<file>": [...]}; an empty list is a good file.
import Ajv2020 from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';

const [schema, ...files] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const ajv = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false, formats: { regex: true } });
const validate = ajv.compile(read(schema));
const errorsOf = (document) =>
  validate(document) ? [] : validate.errors.map((error) => `${error.instancePath}: ${error.message}`);
if (files[0] === '--list')
  console.log(JSON.stringify({ list: read(files[1]).map(errorsOf) }));
else
  console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, errorsOf(read(file))]))));
