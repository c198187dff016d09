import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apacheVersion } from './apache.ts';
import type { Answers } from './ask.ts';
import type { ComparisonCase } from './comparison-case.ts';

/** Apache's answers to one case. */
interface StoredCase {
  /** Changes with everything in the case that the answers hang on. */
  readonly case: string;
  readonly answers: Answers;
}

type StoredTopic = Readonly<Record<string, StoredCase>>;

/** Apache's answers to the cases of a topic, by the name of the case. */
export function readStored(topic: string): StoredTopic {
  const file = fileOf(topic);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StoredTopic) : {};
}

/** What is stored for a case; undefined where nothing is, or the case has changed since. */
export function storedAnswers(stored: StoredTopic, comparison: ComparisonCase): Answers | undefined {
  const found = stored[comparison.name];
  return found?.case === fingerprint(comparison) ? found.answers : undefined;
}

/** The version of Apache that gave the answers; those of another one may differ. */
export function recordedVersion(): string {
  return readFileSync(versionFile, 'utf8').trim();
}

/** Stores the answers to all cases of a topic. */
export function writeStored(topic: string, recorded: readonly (readonly [ComparisonCase, Answers])[]): void {
  const stored = recorded.map(([comparison, answers]) => [
    comparison.name,
    { case: fingerprint(comparison), answers: 'refusal' in answers ? { refusal: 'at start' } : answers },
  ]);
  writeFileSync(versionFile, `${apacheVersion}\n`);
  writeFileSync(fileOf(topic), `${JSON.stringify(Object.fromEntries(stored), undefined, 1)}\n`);
}

const versionFile = fileURLToPath(new URL('answers/apache-version.txt', import.meta.url));

function fileOf(topic: string): string {
  return fileURLToPath(new URL(`answers/${topic}.json`, import.meta.url));
}

function fingerprint({ modules, config, files, random, requests }: ComparisonCase): string {
  const sent = requests.map((request) => (typeof request === 'string' ? request : { ...request, differs: undefined }));
  const text = JSON.stringify([modules, config, files, random?.map(String), sent]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
