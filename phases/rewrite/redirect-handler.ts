/** The content handler that carries an internal redirect out; other fixups step aside for it. */
export const redirectHandler = 'redirect-handler';
