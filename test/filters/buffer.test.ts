import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { buffer } from '../../filters/buffer.ts';
import { runFilter, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({});

describe('BUFFER', () => {
  const filter = buffer.outputFilters!['BUFFER']!;

  it('passes on the same bytes, however they come', async () => {
    const body = 'some words that come in pieces, '.repeat(20);
    const chunks = await runFilter(filter, [body], { request: { config: { bufferSize: 100 } } });
    expect(Buffer.concat(chunks).toString()).toBe(body);
  });

  it('holds the answer back although it is flushed, so that it has a length', async () => {
    const contentHandler = async (r: RequestRecord): Promise<typeof OK> => {
      await r.write('one ');
      await r.flush();
      await r.write('two');
      return OK;
    };
    const app = testApp({
      sections: [
        { location: '/buffered', setOutputFilter: 'BUFFER', contentHandler },
        { location: '/plain', contentHandler },
      ],
    });
    expect((await request(app).get('/buffered').expect(200, 'one two')).headers['content-length']).toBe('7');
    expect((await request(app).get('/plain').expect(200, 'one two')).headers).not.toHaveProperty('content-length');
  });

  it('collects the pieces of a request', async () => {
    const app = testApp({
      setInputFilter: 'BUFFER',
      bufferSize: 10_000_000,
      sections: [
        { location: '/', contentHandler: async (r: RequestRecord) => String((await r.read(9_000_000)).length) },
      ],
    });
    await request(app).post('/').type('text/plain').send('x'.repeat(500_000)).expect(200, '500000');
  });

  it.each(['0', '-1', '1k', 'much'])('takes no size of %s', async (size) => {
    writeFileSync(`${site}/httpd.conf`, `BufferSize ${size}\n`);
    await expect(testApp(`${site}/httpd.conf`)).rejects.toThrow(
      `httpd.conf:1: BufferSize takes a number of bytes from 1 on, not "${size}"`,
    );
  });
});
