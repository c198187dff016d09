import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Filter } from '../../core/filter/filter.ts';
import type { Application } from '../../core/host/application.ts';
import csvToJson from '../../examples/csv-to-json/csv-to-json.ts';
import { createApp } from '../../index.ts';
import { runFilter } from '../../testing/index.ts';

/** The example has its types from the package. */
const filter = csvToJson as unknown as Filter;

async function toJson(csv: string, type = 'text/csv'): Promise<string> {
  return Buffer.concat(await runFilter(filter, [csv], { request: { headers: { 'Content-Type': type } } })).toString();
}

describe('The filter of the example of CSV', () => {
  it.each([
    ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['a,b\r\n1,2\r\n3,4', [{ a: '1', b: '2' }, { a: '3', b: '4' }]], // prettier-ignore
    ['a,b\n"x, ""y""\nz",\n', [{ a: 'x, "y"\nz', b: '' }]],
    ['ä\nö\n\nü\n', [{ ä: 'ö' }, { ä: 'ü' }]],
    ['a\n', []],
    ['', []],
  ])('makes of %j, however it comes, %j', async (csv, expected) => {
    expect(JSON.parse(await toJson(csv))).toEqual(expected);
  });

  it('leaves other bodies alone', async () => {
    await expect(toJson('a,b\n1,2\n', 'text/plain')).resolves.toBe('a,b\n1,2\n');
  });

  it.each([
    ['a,b\n1\n', 'a record has 1 fields, not 2'],
    ['a\n"x\n', 'a quote is missing or in the wrong place'],
    ['a\nx"y"\n', 'a quote is missing or in the wrong place'],
  ])('refuses %j', async (csv, message) => {
    await expect(toJson(csv)).rejects.toThrow(message);
  });
});

describe('The example of CSV', () => {
  let app: Application;

  beforeAll(async () => {
    app = createApp(fileURLToPath(new URL('../../examples/csv-to-json/sluice.config.ts', import.meta.url)));
    await app.ready();
  });

  afterAll(() => app.stop());

  const post = (type: string, body: string): request.Test =>
    request(app.callback()).post('/people').set('Content-Type', type).send(body);

  it('answers the same to CSV and to JSON', async () => {
    const answer = { count: 2, oldest: 'Grace' };
    await post('text/csv; charset=utf-8', 'name,age\nAda,36\n"Grace",85\n').expect(200, answer);
    await post('application/json', '[{"name":"Ada","age":"36"},{"name":"Grace","age":"85"}]').expect(200, answer);
  });

  it('answers 400 to a body that is no CSV', async () => {
    await post('text/csv', 'name,age\nAda\n').expect(400);
  });
});
