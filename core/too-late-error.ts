/** Something was asked of a request after the moment until which it could be had. */
export class TooLateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TooLateError';
  }
}
