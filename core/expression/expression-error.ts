/** A mistake in an expression, with the place of it. */
export class ExpressionError extends Error {
  readonly code = 'SLUICE_EXPRESSION';
  readonly expression: string;
  /** Of the fault's first character; the expression's first character is column 1. */
  readonly column: number;

  constructor(expression: string, offset: number, fault: string, options?: ErrorOptions) {
    super(`bad expression "${expression}", column ${offset + 1}: ${fault}`, options);
    this.name = 'ExpressionError';
    this.expression = expression;
    this.column = offset + 1;
  }
}
