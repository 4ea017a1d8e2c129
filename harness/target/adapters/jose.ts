import { createLocalJWKSet, jwtVerify } from "jose";
import type { ReaderFacts } from "../hand-over.ts";
import { type Adapter, type AdapterAnswer, refusing } from "./adapter.ts";
import { amrAnswer } from "./amr-answer.ts";

/** jose as its documentation shows it: issuer and audience are checked, then `nonce` and `amr` by whoever uses it. */
export const joseAdapter: Adapter = (artifact, facts) => refusing(() => validate(artifact, facts));

async function validate(artifact: string, facts: ReaderFacts): Promise<AdapterAnswer> {
  const { issuer, audience, jwks, nonce } = facts;
  const keys = createLocalJWKSet({ keys: jwks.keys.map((key) => ({ kty: "", ...key })) });
  const { payload } = await jwtVerify(artifact, keys, { issuer, audience });
  if (nonce !== undefined && payload["nonce"] !== nonce) {
    return { decision: "refuse", reason: "jose: valid, but for another nonce" };
  }
  return amrAnswer("jose", payload["amr"]);
}
