import type { ArtifactKind } from "../artifact.ts";
import type { FoundArtifact, FoundDecoded, FoundToken } from "../find/found-artifact.ts";
import { policies, type PolicyName } from "../policies.ts";
import type { Policy } from "../policy.ts";
import { readPostedOrRedirected } from "../read/saml-redirected.ts";
import { readWsFedResponse } from "../read/wsfed-response.ts";
import type { PlausibleReading } from "./plausible-reading.ts";
import { type Address, namedBy, samlAddress, wsFedAddress } from "./response-address.ts";

type FoundResponse = Exclude<FoundArtifact, FoundToken | FoundDecoded>;

/** Every reading of a response that its audience, recipient and issuer leave open. */
export async function responseReadings(
  found: FoundResponse,
  known: Partial<Policy>,
): Promise<readonly PlausibleReading[]> {
  const policy = { ...policies["saml-any"], ...known };
  if (found.kind === "saml-response") {
    const { artifact } = await readPostedOrRedirected(found.artifact, policy);
    return readersOf(found.kind, ["entra-saml", "saml-any"], artifact && samlAddress(artifact));
  }
  const { artifact } = await readWsFedResponse(found.artifact, policy);
  return readersOf(found.kind, ["entra-wsfed", "wsfed-any"], artifact && wsFedAddress(artifact));
}

/** Entra where something names it, another reader where something names that; where nothing is named, either. */
function readersOf(
  artifact: ArtifactKind,
  [entra, any]: readonly [PolicyName, PolicyName],
  address: Address | undefined,
): readonly PlausibleReading[] {
  const reading = (policy: PolicyName): PlausibleReading => {
    return { artifact, policy, option: `--policy ${policy}` };
  };
  // What could not be read is judged the same by all.
  if (address === undefined) return [reading(any)];
  const { entra: forEntra, other: forOther } = namedBy(address);
  if (forEntra === forOther) return [reading(any), reading(entra)];
  return [reading(forEntra ? entra : any)];
}
