import type { Emission } from "../../emission/emission.ts";
import { late } from "../../emission/late.ts";
import type { IssuedArtifact } from "../issued.ts";
import type { IssueRequest } from "../issue-request.ts";
import type { IdpParts } from "../parts.ts";
import type { SamlAnswers } from "./answers.ts";
import { makeSamlCredentials, type SamlCredentials } from "./credentials.ts";
import { samlEntityId } from "./metadata.ts";
import { makeParticipants, type Participants } from "./participants.ts";
import type { ServiceProviders } from "./service-providers.ts";

/** The SAML side of the mock IdP. */
export interface SamlSide {
  readonly credentials: SamlCredentials;
  readonly answers: () => Promise<SamlAnswers>;
  readonly participants: Participants;
  /** Rejects with a HarnessError when the service providers' metadata is no good. */
  readonly serviceProviders: Promise<ServiceProviders>;
  /** Mints a signed SAML response without any HTTP. */
  readonly issue: (emission: Emission, request: IssueRequest) => Promise<IssuedArtifact>;
}

async function read(documents: readonly string[]): Promise<ServiceProviders> {
  if (documents.length === 0) return new Map();
  const { readServiceProviders } = await import("./sp-metadata.ts");
  return readServiceProviders(documents);
}

/** Makes the SAML side, which issues at once; saml/routes.ts adds what is asked by HTTP. */
export function makeSamlSide(parts: IdpParts): SamlSide {
  const credentials = makeSamlCredentials(parts.keys, parts.certifiedAt);
  const serviceProviders = read(parts.serviceProviderMetadata);
  // Whoever awaits it learns of bad metadata; until then it must not end the process.
  serviceProviders.catch(() => undefined);
  // Loaded late: an IdP that is only asked for tokens writes no XML.
  const answers = late(async () => (await import("./answers.ts")).makeSamlAnswers(credentials));
  return {
    credentials,
    answers,
    participants: makeParticipants(parts.store),
    serviceProviders,
    issue: async (emission, { user, audience, assertionConsumerService: acs, requestId, now }) => {
      const issuer = samlEntityId(parts.base());
      return await (await answers()).emit(emission, { issuer, user, audience, acs, requestId, now });
    },
  };
}
