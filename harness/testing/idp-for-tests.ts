import type { EmissionInput } from "../emission/emission.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { StartIdpOptions } from "../idp/start-options.ts";

/** What the IdP says in a test that chooses nothing itself: an emission, or the id of a scenario. */
export type EmissionOption = EmissionInput | string | undefined;

/** Starts a mock IdP; loaded here, so that matchers alone bring none. */
export async function startForTests(options: StartIdpOptions): Promise<MockIdp> {
  const { startIdp } = await import("../idp/start-idp.ts");
  return await startIdp(options);
}

/** Takes back what a test did to the IdP: emissions in use and on offer, what was issued, the journal. */
export function takeBack(idp: MockIdp): void {
  // While it is still in use: what was issued under it goes with the choice.
  for (const { id } of idp.offers()) idp.withdraw(id);
  idp.reset();
  idp.clearJournal();
}
