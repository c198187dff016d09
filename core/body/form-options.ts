/** The bounds of a form, each with a 413 above it. */
export interface FormOptions {
  /** Most fields and files together (LimitFormFields). */
  readonly fieldLimit: number;
  /** Most bytes of one field's name or text; 1 MiB by default. */
  readonly fieldSizeLimit?: number;
  /** Most bytes of one file; by default only LimitRequestBody bounds it. */
  readonly fileSizeLimit?: number;
  /** Bytes of a file that are kept in memory; larger ones go to a temporary file (FormMemoryLimit). */
  readonly memoryLimit: number;
  /** Takes the function that removes the temporary files; called at most once, and only where there are any. */
  readonly registerCleanup: (cleanup: () => Promise<void>) => void;
}

export const defaultFieldSizeLimit = 1_048_576;
