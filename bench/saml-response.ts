import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { judgeSamlResponse, policies } from "../src/index.ts";
import { startIdp } from "../harness/idp/start-idp.ts";
import type { Emission } from "../harness/emission/emission.ts";
import type { Measured } from "./goal.ts";
import { race } from "./race.ts";

const EMISSION: Emission = {
  channel: "saml",
  profile: "password-and-otp",
  patch: [],
  tamper: [],
  key: "published",
};
const AUDIENCE = "https://sp.bench.example/metadata";
const ACS = "https://sp.bench.example/acs";

/** Goal 3: a full judgement of a signed SAML response against node-saml's validation of the same one. */
export async function measureSamlResponse(): Promise<Measured> {
  const now = Math.floor(Date.now() / 1000);
  await using idp = await startIdp();
  const request = { user: "a.gent@partner.example", audience: AUDIENCE, assertionConsumerService: ACS, now };
  const { artifact } = await idp.issue(EMISSION, { ...request, requestId: "_r1" });
  const { samlEntityId: issuer, samlCertificate } = idp.trust;
  const policy = {
    ...policies["entra-saml"],
    issuers: [{ issuer, certificates: [samlCertificate] }],
    audiences: [AUDIENCE],
    assertionConsumerService: ACS,
    requestId: "_r1",
  };
  const peer = new SAML({
    idpCert: samlCertificate,
    issuer: AUDIENCE,
    audience: AUDIENCE,
    callbackUrl: ACS,
    idpIssuer: issuer,
    validateInResponseTo: ValidateInResponseTo.never,
  });
  const posted = { SAMLResponse: Buffer.from(artifact).toString("base64") };
  const rates = await race(
    async () => {
      const { verdict } = await judgeSamlResponse(artifact, policy, now);
      if (verdict !== "compliant") throw new Error(`a figure of a judge that says ${verdict} is void`);
    },
    async () => void (await peer.validatePostResponseAsync(posted)),
  );
  return {
    goal: `3 SAML response of ${(artifact.length / 1024).toFixed(1)} KB, full judgement`,
    peer: "node-saml",
    ratio: rates.ours / rates.theirs,
    must: { bar: 10, better: "more" },
    figures: `${Math.round(rates.ours)}/s against ${Math.round(rates.theirs)}/s`,
  };
}
