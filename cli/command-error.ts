/** What ends the command with one message for the user: 1 where something doesn't work, 2 where it was used wrongly. */
export class CommandError extends Error {
  readonly code = 'ERR_SLUICE_COMMAND';
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
