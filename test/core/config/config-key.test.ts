import { describe, expect, it } from '@jest/globals';
import { type DirectiveName, configKey } from '../../../core/config/config-key.ts';
import { createApp } from '../../../index.ts';

describe('the config key of a directive', () => {
  it.each([
    ['AuthName', 'authName'],
    ['SSITimeFormat', 'ssiTimeFormat'],
    ['SSLEngine', 'sslEngine'],
    ['SSLCACertificateFile', 'sslcaCertificateFile'],
    ['SSLFIPS', 'sslfips'],
    ['SSIETag', 'ssiETag'],
    ['FileETag', 'fileETag'],
    ['XBitHack', 'xBitHack'],
    ['H2Push', 'h2Push'],
  ])('of %s is %s', (name, key) => {
    expect(configKey(name)).toBe(key);
  });

  it('has types for the way back', () => {
    const names: [DirectiveName<'authName'>, DirectiveName<'ssiETag'>, DirectiveName<'xBitHack'>] = [
      'AuthName',
      'SSIETag',
      'XBitHack',
    ];
    expect(names.map(configKey)).toEqual(['authName', 'ssiETag', 'xBitHack']);
  });

  it('is named where another spelling was given', async () => {
    await expect(createApp({ sSITimeFormat: '%F' } as object).ready()).rejects.toThrow(
      'unknown directive sSITimeFormat: misspelt, or from a plugin that is not loaded; did you mean "ssiTimeFormat"?',
    );
  });
});
