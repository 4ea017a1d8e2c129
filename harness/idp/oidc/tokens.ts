import { errors, type KoaContextWithOIDC, type Provider } from "oidc-provider";
import type { EmissionKeys } from "../../emission/keys/keys.ts";
import { readAlgorithm } from "../../emission/token/id-token-algorithm.ts";
import { goodEmission, mintAccessToken, mintIdToken } from "../../emission/token/mint-token.ts";
import { mintAuthorizationResponse } from "../../emission/token/oidc-message.ts";
import type { Choices } from "../choices.ts";
import type { IssuedArtifact } from "../issued.ts";
import { encryptFor } from "./encryption.ts";
import { explain } from "./explain.ts";
import { type CrossesBeside, hashClaims } from "./hashes.ts";
import { USER_IMPERSONATION } from "./partner-api.ts";
import type { SignIn, SignIns } from "./sign-ins.ts";
import type { Shelf, Store } from "../store/store.ts";

/** What minting needs besides the request. */
export interface TokenMint {
  readonly signIns: SignIns;
  readonly choices: Pick<Choices, "handOut">;
  readonly keys: EmissionKeys;
  readonly now: () => number;
  readonly record: (choice: string | undefined, issued: IssuedArtifact) => Promise<void>;
  readonly store: Store;
}

interface Mint extends TokenMint {
  readonly issuer: string;
  /** Values of access tokens, which oidc-provider does not keep. */
  readonly accessTokens: WeakMap<object, string>;
  /** What crossed with a code beside the first ID token: the second one is bound to the same. */
  readonly besides: Shelf<CrossesBeside>;
}

type AccessToken = InstanceType<Provider["AccessToken"]>;
type IdToken = InstanceType<Provider["IdToken"]>;

/** Codes that are remembered with what crossed beside them, for as long as they are good for something. */
const CODES = { limit: 2000, ttlSeconds: 600 };

/** How long a signed authorization response lives, seconds: at most ten minutes (JARM §2.1). */
const ANSWER_LIFETIME_SECONDS = 120;

async function signInOf(mint: Mint, grantId: string | undefined): Promise<SignIn> {
  const signIn = await mint.signIns.get(grantId);
  if (signIn === undefined) throw new errors.InvalidGrant("the sign-in is too long ago and was forgotten");
  return signIn;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** What crosses beside the ID token of this request; oidc-provider leaves the values themselves in the claims. */
async function besideOf(
  { oidc }: KoaContextWithOIDC,
  claims: Record<string, unknown>,
  mint: Mint,
): Promise<CrossesBeside> {
  const { at_hash: accessToken, c_hash: code } = claims;
  const { AccessToken: issued } = oidc.entities;
  if (oidc.route === "token") {
    const beside = await mint.besides.get(text(oidc.params?.["code"]) ?? "");
    return { ...beside, accessToken: issued && mint.accessTokens.get(issued) };
  }
  const beside = { code: text(code), state: text(oidc.params?.["state"]) };
  if (beside.code !== undefined) await mint.besides.put(beside.code, beside);
  return { ...beside, accessToken: text(accessToken) };
}

/** What the judge is told of it: the hashes of a token from the token endpoint may be left out. */
function besideIssued(
  { accessToken, code }: CrossesBeside,
  { oidc }: KoaContextWithOIDC,
): Pick<IssuedArtifact, "accessToken" | "code" | "responseType"> {
  const responseType = oidc.route === "token" ? undefined : text(oidc.params?.["response_type"]);
  return {
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(code === undefined ? {} : { code }),
    ...(responseType === undefined ? {} : { responseType }),
  };
}

function by({ user, performed, asked }: SignIn): Pick<IssuedArtifact, "user" | "performed" | "asked"> {
  return { user, performed, ...(asked === undefined ? {} : { asked }) };
}

async function issueIdToken(token: IdToken, mint: Mint): Promise<string> {
  const { oidc } = token.ctx;
  const signIn = await signInOf(mint, oidc.entities.Grant?.jti);
  const payload = await token.payload();
  const beside = await besideOf(token.ctx, payload, mint);
  const { clientId: audience, clientSecret } = token.client;
  const algorithm = readAlgorithm(token.client.idTokenSignedResponseAlg);
  const claims = { ...payload, ...hashClaims(beside, algorithm) };
  const at = mint.now();
  const member = oidc.params?.["grant_type"] === "refresh_token" ? "refreshedIdToken" : "idToken";
  const { acrValues } = signIn;
  const told = { issuer: mint.issuer, audience, issuedAt: at, authenticatedAt: signIn.at, acrValues };
  const order = { ...told, claims, member, algorithm, clientSecret } as const;
  const artifact = await mintIdToken(signIn.emission, order, mint.keys);
  const nonce = typeof payload["nonce"] === "string" ? { nonce: payload["nonce"] } : {};
  mint.choices.handOut(signIn.choice, member);
  const issued = { channel: "oidc", artifact, ...by(signIn), audience, ...nonce, at } as const;
  await mint.record(signIn.choice, { ...issued, ...besideIssued(beside, token.ctx) });
  return await encryptFor(token.client, artifact);
}

/** The authorization response as one JWT; without a sign-in it tells an error, and tells it right. */
async function issueAnswer({ ctx, client, extra }: IdToken, mint: Mint): Promise<string> {
  const signIn = mint.signIns.ofRequest(ctx);
  const emission = signIn?.emission ?? goodEmission("oidc");
  const exp = mint.now() + ANSWER_LIFETIME_SECONDS;
  const claims = { iss: mint.issuer, aud: client.clientId, exp, ...extra };
  const answer = await mintAuthorizationResponse(emission, claims, mint.keys);
  if (signIn !== undefined) mint.choices.handOut(signIn.choice, "authorizationResponse");
  return answer;
}

/** `https://host/user_impersonation` is granted, `user_impersonation` is what the token says. */
function shortScope(scope: string | undefined): string {
  const names = (scope ?? "").split(" ").map((value) => value.slice(value.lastIndexOf("/") + 1));
  const known = names.filter((name) => name !== "" && name !== ".default");
  return known.length === 0 ? USER_IMPERSONATION : [...new Set(known)].join(" ");
}

async function issueAccessToken(token: AccessToken, mint: Mint): Promise<string> {
  const signIn = await signInOf(mint, token.grantId);
  const audience = Array.isArray(token.aud) ? (token.aud[0] ?? "") : (token.aud ?? "");
  const at = mint.now();
  const grant = {
    issuer: mint.issuer,
    audience,
    user: signIn.user,
    applicationId: token.client?.clientId ?? "",
    applicationAuthentication: token.client?.clientSecret === undefined ? "0" : "1",
    scope: shortScope(token.scope),
    issuedAt: at,
  } as const;
  const artifact = await mintAccessToken(signIn.emission, grant, mint.keys);
  mint.choices.handOut(signIn.choice, "accessToken");
  await mint.record(signIn.choice, { channel: "partner-api", artifact, ...by(signIn), audience, at });
  return artifact;
}

/**
 * Makes oidc-provider issue the tokens of each grant as its emission says.
 *
 * This is the only place where its tokens are changed; opaque access tokens stay as oidc-provider makes them.
 */
export function mintThroughEmissions(provider: Provider, tokens: TokenMint): void {
  const besides = tokens.store.shelf<CrossesBeside>("codes-beside", CODES);
  const mint = { ...tokens, issuer: provider.issuer, accessTokens: new WeakMap<object, string>(), besides };
  Object.assign(provider.IdToken.prototype, {
    async issue(this: IdToken, { use }: { readonly use: string }): Promise<string> {
      if (use === "idtoken") return await explain(issueIdToken(this, mint));
      if (use === "authorization") return await explain(issueAnswer(this, mint));
      throw new TypeError(`a token for ${use} is not among what this IdP signs`);
    },
  });
  Object.assign(provider.AccessToken.prototype, {
    async save(this: AccessToken): Promise<string> {
      const opaque = this.resourceServer === undefined;
      const saving = opaque ? provider.BaseToken.prototype.save.call(this) : issueAccessToken(this, mint);
      const value = await explain(saving);
      mint.accessTokens.set(this, value);
      return value;
    },
  });
}
