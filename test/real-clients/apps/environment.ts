/**
 * Reads a variable that a program is started with.
 *
 * @throws Error when it is not set
 */
export function variable(name: string): string {
  const value = process.env[name] ?? "";
  if (value === "") throw new Error(`${name} is not set`);
  return value;
}

/** Reads the metadata of the mock IdP. */
export async function idpMetadata(): Promise<string> {
  return await (await fetch(variable("MFA_HARNESS_SAML_METADATA"))).text();
}
