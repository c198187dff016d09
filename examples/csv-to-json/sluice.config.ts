import { defineConfig } from 'sluice';

/**
 * A handler that knows JSON only takes CSV, too: npx sluice serve examples/csv-to-json/sluice.config.ts
 *   curl -H 'Content-Type: text/csv' --data-binary $'name,age\nAda,36\n' http://127.0.0.1:8080/people
 */
export default defineConfig({
  listen: '127.0.0.1:8080',
  serverName: 'localhost',
  inputFilter: ['CSV-TO-JSON', './csv-to-json.ts'],
  sections: [{ location: '/people', setInputFilter: 'CSV-TO-JSON', contentHandler: './people.ts' }],
});
