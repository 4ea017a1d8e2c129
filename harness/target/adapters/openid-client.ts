import {
  authorizationCodeGrant,
  ClientSecretPost,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
} from "openid-client";
import type { ReaderFacts } from "../hand-over.ts";
import { type Adapter, type AdapterAnswer, refusing } from "./adapter.ts";
import { amrAnswer } from "./amr-answer.ts";

/**
 * openid-client in the code flow, with its check of the ID token's signature turned on: what is handed over did not come
 * from the IdP by TLS. The IdP's answers are given to it without any request.
 */
export const openidClientAdapter: Adapter = (artifact, facts) => refusing(() => validate(artifact, facts));

const TOKEN_ENDPOINT = "https://idp.invalid/token";
const JWKS_URI = "https://idp.invalid/jwks";

async function validate(artifact: string, facts: ReaderFacts): Promise<AdapterAnswer> {
  const { issuer, audience, nonce } = facts;
  const metadata = { issuer, token_endpoint: TOKEN_ENDPOINT, jwks_uri: JWKS_URI };
  const configuration = new Configuration(metadata, audience, undefined, ClientSecretPost("unused"));
  enableNonRepudiationChecks(configuration);
  configuration[customFetch] = (url) => Promise.resolve(Response.json(answers(artifact, facts)[url]));
  const callback = new URL("https://library.example/callback?code=unused");
  const tokens = await authorizationCodeGrant(configuration, callback, {
    idTokenExpected: true,
    ...(nonce === undefined ? {} : { expectedNonce: nonce }),
  });
  return amrAnswer("openid-client", tokens.claims()?.["amr"]);
}

function answers(artifact: string, { jwks }: ReaderFacts): Readonly<Record<string, unknown>> {
  const tokens = { access_token: "unused", token_type: "bearer", id_token: artifact };
  return { [TOKEN_ENDPOINT]: tokens, [JWKS_URI]: jwks };
}
