import type { ArtifactKind, SamlResponse, WsFedResponse } from "../artifact.ts";
import type { FoundArtifact, FoundDecoded, FoundToken } from "../find/found-artifact.ts";
import { policies, type PolicyName } from "../policies.ts";
import type { Policy } from "../policy.ts";
import { readPostedOrRedirected } from "../read/saml-redirected.ts";
import { readWsFedResponse } from "../read/wsfed-response.ts";
import { ENTRA_AS_IDP, ENTRA_RECIPIENT, isEntraAudience } from "../vocabulary/saml-entra.ts";
import type { PlausibleReading } from "./plausible-reading.ts";

type FoundResponse = Exclude<FoundArtifact, FoundToken | FoundDecoded>;

/** What a response says about who is to read it. */
interface Address {
  readonly issuer: string | undefined;
  readonly audiences: readonly string[];
  readonly recipients: readonly string[];
}

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

function samlAddress({ envelope, assertion }: SamlResponse): Address {
  const recipients = assertion?.confirmations.map(({ recipient }) => recipient) ?? [];
  // The address on an envelope that nobody signed is the sender's word only.
  const destination = envelope.signed ? envelope.destination : undefined;
  return {
    issuer: assertion?.issuer ?? envelope.issuer,
    audiences: assertion?.conditions?.audienceRestrictions.flat() ?? [],
    recipients: [...recipients, destination].filter((each) => each !== undefined),
  };
}

function wsFedAddress({ issuer, conditions, subjects }: WsFedResponse): Address {
  return {
    issuer,
    audiences: conditions?.audienceRestrictions.flat() ?? [],
    recipients: subjects
      .flatMap(({ confirmations }) => confirmations.map(({ recipient }) => recipient))
      .filter((each) => each !== undefined),
  };
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
  const { issuer, audiences, recipients } = address;
  const named = [...audiences.map(isEntraAudience), ...recipients.map((each) => ENTRA_RECIPIENT.test(each))];
  const issuedByEntra = issuer !== undefined && ENTRA_AS_IDP.test(issuer);
  const forEntra = named.includes(true);
  const forOther = named.includes(false) || issuedByEntra;
  if (forEntra === forOther) return [reading(any), reading(entra)];
  return [reading(forEntra ? entra : any)];
}
