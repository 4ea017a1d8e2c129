import { createHash } from "node:crypto";
import { errors, type Provider } from "oidc-provider";
import type { EmissionKeys } from "../emission/keys.ts";
import { mintAccessToken, mintIdToken } from "../emission/mint-token.ts";
import { HarnessError } from "../errors.ts";
import type { IssuedArtifact } from "./issued.ts";
import { USER_IMPERSONATION } from "./oidc-partner-api.ts";
import type { SignIn, SignIns } from "./oidc-sign-ins.ts";

/** What minting needs besides the request. */
export interface TokenMint {
  readonly signIns: SignIns;
  readonly keys: EmissionKeys;
  readonly now: () => number;
  readonly record: (choice: string | undefined, issued: IssuedArtifact) => void;
}

type AccessToken = InstanceType<Provider["AccessToken"]>;
type IdToken = InstanceType<Provider["IdToken"]>;

function signInOf(mint: TokenMint, grantId: string | undefined): SignIn {
  const signIn = mint.signIns.get(grantId);
  if (signIn === undefined) throw new errors.InvalidGrant("the sign-in is too long ago and was forgotten");
  return signIn;
}

/** An emission that cannot be made is told to the relying party, so that the person sees why. */
async function explain<Value>(minting: Promise<Value>): Promise<Value> {
  try {
    return await minting;
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    throw new errors.CustomOIDCProviderError("server_error", error.message);
  }
}

/** OIDC Core §3.3.2.11: the left half of the hash of what crosses beside the token. */
function halfHash(value: string): string {
  return createHash("sha256").update(value).digest().subarray(0, 16).toString("base64url");
}

/** oidc-provider leaves the code and the access token themselves in these claims until it signs. */
function hashClaims(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const hashed = { ...claims };
  for (const name of ["at_hash", "c_hash"]) {
    const value = hashed[name];
    if (typeof value === "string") hashed[name] = halfHash(value);
  }
  return hashed;
}

function by({ user, performed }: SignIn): Pick<IssuedArtifact, "user" | "performed"> {
  return { user, performed };
}

async function issueIdToken(token: IdToken, issuer: string, mint: TokenMint): Promise<string> {
  const signIn = signInOf(mint, token.ctx.oidc.entities.Grant?.jti);
  const claims = hashClaims(await token.payload());
  const audience = token.client.clientId;
  const at = mint.now();
  const order = { issuer, audience, issuedAt: at, claims, authenticatedAt: signIn.at };
  const artifact = await mintIdToken(signIn.emission, { ...order, acrValues: signIn.acrValues }, mint.keys);
  const nonce = typeof claims["nonce"] === "string" ? { nonce: claims["nonce"] } : {};
  mint.record(signIn.choice, { channel: "oidc", artifact, ...by(signIn), audience, ...nonce, at });
  return artifact;
}

/** `https://host/user_impersonation` is granted, `user_impersonation` is what the token says. */
function shortScope(scope: string | undefined): string {
  const names = (scope ?? "").split(" ").map((value) => value.slice(value.lastIndexOf("/") + 1));
  const known = names.filter((name) => name !== "" && name !== ".default");
  return known.length === 0 ? USER_IMPERSONATION : [...new Set(known)].join(" ");
}

async function issueAccessToken(token: AccessToken, issuer: string, mint: TokenMint): Promise<string> {
  const signIn = signInOf(mint, token.grantId);
  const audience = Array.isArray(token.aud) ? (token.aud[0] ?? "") : (token.aud ?? "");
  const at = mint.now();
  const grant = {
    issuer,
    audience,
    user: signIn.user,
    applicationId: token.client?.clientId ?? "",
    applicationAuthentication: token.client?.clientSecret === undefined ? "0" : "1",
    scope: shortScope(token.scope),
    issuedAt: at,
  } as const;
  const artifact = await mintAccessToken(signIn.emission, grant, mint.keys);
  mint.record(signIn.choice, { channel: "partner-api", artifact, ...by(signIn), audience, at });
  return artifact;
}

/**
 * Makes oidc-provider issue the tokens of each grant as its emission says.
 *
 * This is the only place where its tokens are changed; opaque access tokens stay as oidc-provider makes them. It signs
 * nothing else for anybody: back-channel logout and signed answers of other kinds are switched off.
 */
export function mintThroughEmissions(provider: Provider, mint: TokenMint): void {
  const { issuer } = provider;
  Object.assign(provider.IdToken.prototype, {
    async issue(this: IdToken, { use }: { readonly use: string }): Promise<string> {
      if (use !== "idtoken") throw new TypeError(`a token for ${use} is not among what this IdP signs`);
      return await explain(issueIdToken(this, issuer, mint));
    },
  });
  Object.assign(provider.AccessToken.prototype, {
    async save(this: AccessToken): Promise<string> {
      if (this.resourceServer === undefined) return await provider.BaseToken.prototype.save.call(this);
      return await explain(issueAccessToken(this, issuer, mint));
    },
  });
}
