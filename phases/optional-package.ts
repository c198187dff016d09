import { codeOf } from '../core/thrown.ts';

/** Imports a package that is installed by those who need it. Throws an Error that says how, where it isn't there. */
export async function optionalPackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`the package ${name} is needed for this; install it with "npm install ${name}"`, { cause: error });
  }
}
