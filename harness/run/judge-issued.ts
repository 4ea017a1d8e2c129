import {
  judgeAccessToken,
  judgeEamToken,
  judgeIdToken,
  judgeSamlResponse,
  judgeWsFedResponse,
  policies,
  type Policy,
  type Verdict,
} from "../../src/index.ts";
import type { IssuedArtifact } from "../idp/issued.ts";
import type { IdpTrust } from "../idp/trust.ts";

/** Oldest sign-in that counts in a run, seconds: an hour, as in the reference partner apps. */
const maxAuthAgeSeconds = 3600;

type JudgeChannel = (issued: IssuedArtifact, trust: IdpTrust) => Promise<Verdict>;

const judges: Readonly<Record<IssuedArtifact["channel"], JudgeChannel>> = {
  oidc: (issued, trust) => judgeIdToken(issued.artifact, idTokenPolicy(issued, trust), issued.at),
  "partner-api": (issued, trust) =>
    judgeAccessToken(issued.artifact, accessTokenPolicy(issued, trust), issued.at),
  saml: (issued, trust) => judgeSamlResponse(issued.artifact, samlPolicy(issued, trust), issued.at),
  wsfed: (issued, trust) => judgeWsFedResponse(issued.artifact, wsFedPolicy(issued, trust), issued.at),
  eam: (issued, trust) => judgeEamToken(issued.artifact, eamPolicy(issued, trust), issued.at),
};

/** Judges an artifact as the reader it was made for has to: trusting the mock IdP, and for what was asked. */
export async function judgeIssued(issued: IssuedArtifact, trust: IdpTrust): Promise<Verdict> {
  return await judges[issued.channel](issued, trust);
}

function idTokenPolicy(issued: IssuedArtifact, trust: IdpTrust): Policy {
  const issuers = [{ issuer: trust.oidcIssuer, jwks: trust.jwks }];
  const { accessToken, code, responseType } = issued;
  const beside = {
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(code === undefined ? {} : { code }),
    ...(responseType === undefined ? {} : { responseType }),
  };
  return asked({ ...policies.oidc, ...beside, issuers, maxAuthAgeSeconds }, issued);
}

/** A v1.0 access token carries no time of authentication, so no age is asked of it. */
function accessTokenPolicy(issued: IssuedArtifact, trust: IdpTrust): Policy {
  const issuers = [{ issuer: trust.oidcIssuer, jwks: trust.jwks }];
  return asked({ ...policies["partner-api"], issuers }, issued);
}

/** Entra's reading of SAML 2.0: what a federated partner tenant needs. */
function samlPolicy(issued: IssuedArtifact, trust: IdpTrust): Policy {
  const issuers = [{ issuer: trust.samlEntityId, certificates: [trust.samlCertificate] }];
  return asked({ ...policies["entra-saml"], issuers, maxAuthAgeSeconds }, issued);
}

/** Entra as the relying party of a federated domain. */
function wsFedPolicy(issued: IssuedArtifact, trust: IdpTrust): Policy {
  const issuers = [{ issuer: trust.wsFedIssuer, certificates: [trust.samlCertificate] }];
  return asked({ ...policies["entra-wsfed"], issuers, maxAuthAgeSeconds }, issued);
}

/** Entra as the client of an external method, whose token says nothing of when the factor was used. */
function eamPolicy(issued: IssuedArtifact, trust: IdpTrust): Policy {
  const issuers = [{ issuer: trust.eamIssuer, jwks: trust.eamJwks }];
  const policy = asked({ ...policies["entra-eam"], issuers }, issued);
  return issued.eam === undefined ? policy : { ...policy, eam: issued.eam };
}

/** Adds what the partner app asked for: an answer to anything else is not an answer to it. */
function asked(policy: Policy, issued: IssuedArtifact): Policy {
  const { audience, nonce, requestId, assertionConsumerService } = issued;
  return {
    ...policy,
    audiences: [audience],
    ...(nonce === undefined ? {} : { nonce }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(assertionConsumerService === undefined ? {} : { assertionConsumerService }),
  };
}
