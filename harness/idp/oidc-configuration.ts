import { randomBytes } from "node:crypto";
import type { Configuration, ErrorOut, KoaContextWithOIDC } from "oidc-provider";
import type { EmissionKey } from "../emission/keys.ts";
import { ID_TOKEN_LIFETIME_SECONDS } from "../emission/mint-token.ts";
import { OIDC_ACR_VALUES } from "../emission/profiles/oidc.ts";
import { PARTNER_API_LIFETIME_SECONDS } from "../emission/profiles/partner-api.ts";
import { makeAdapterFactory } from "./oidc-adapter.ts";
import { apiOfScope, describeApi } from "./oidc-partner-api.ts";
import { makePolicy } from "./oidc-policy.ts";
import type { RelyingParties } from "./oidc-relying-parties.ts";
import { grantFor, type SignIns } from "./oidc-sign-ins.ts";
import { CLAIMS_BY_SCOPE, userClaims } from "./oidc-user-claims.ts";
import { renderMessage } from "./pages/message-page.ts";

const DAY_SECONDS = 86_400;

/** What the configuration rests on. */
export interface OidcConfigurationParts {
  readonly key: EmissionKey;
  readonly base: string;
  readonly relyingParties: RelyingParties;
  readonly signIns: SignIns;
}

/** The protocol's own error page, for what cannot be told to a relying party. */
function renderError(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  ctx.type = "html";
  ctx.body = renderMessage("This request cannot be answered", {
    Error: out.error,
    Reason: out.error_description ?? "no reason given",
  });
}

/** Signs out at once: who follows a sign-out link of a partner app is not asked again. */
async function signOut(ctx: KoaContextWithOIDC): Promise<void> {
  const { session, provider, cookies } = ctx.oidc;
  const { postLogoutRedirectUri: target, state } = session?.state ?? {};
  await session?.destroy();
  cookies.set(provider.cookieName("session"), null);
  if (typeof target !== "string") {
    ctx.body = renderMessage("Signed out", {});
    return;
  }
  const url = new URL(target);
  if (typeof state === "string") url.searchParams.set("state", state);
  ctx.status = 303;
  ctx.redirect(url.href);
}

function privateJwk({ kid, privateKey }: EmissionKey): Record<string, unknown> {
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
}

/** Cookies of one port go to every port of 127.0.0.1, and those of one path to others, so both are in their names. */
function cookieSettings(base: string): NonNullable<Configuration["cookies"]> {
  const { port, pathname } = new URL(base);
  const prefix = `mfa_idp_${port}${pathname.replace(/\/$/, "").replaceAll(/[^a-z0-9]/gi, "_")}`;
  return {
    keys: [randomBytes(32).toString("hex")],
    names: { session: `${prefix}_session`, interaction: `${prefix}_sign_in`, resume: `${prefix}_resume` },
  };
}

function features(): Configuration["features"] {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    claimsParameter: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (ctx, _client, oneOf) => oneOf?.[0] ?? apiOfScope(ctx.oidc.params?.["scope"]),
      getResourceServerInfo: (_ctx, api) => describeApi(api),
      useGrantedResource: () => true,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: signOut,
      postLogoutSuccessSource: (ctx) => {
        ctx.body = renderMessage("Signed out", {});
      },
    },
  };
}

/** Settings of oidc-provider: every relying party that is registered, every user, no consent, nothing outside. */
export function oidcConfiguration(parts: OidcConfigurationParts): Configuration {
  return {
    acrValues: OIDC_ACR_VALUES,
    adapter: makeAdapterFactory(parts.relyingParties),
    claims: { ...CLAIMS_BY_SCOPE, acr: null, amr: null, auth_time: null, sid: null },
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "none"],
    clientBasedCORS: () => false,
    conformIdTokenClaims: false,
    cookies: cookieSettings(parts.base),
    expiresWithSession: () => false,
    features: features(),
    findAccount: (_ctx, user) => ({ accountId: user, claims: () => userClaims(user) }),
    interactions: { policy: makePolicy(), url: (_ctx, { uid }) => `${parts.base}/oidc/sign-in/${uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    jwks: { keys: [privateJwk(parts.key)] },
    loadExistingGrant: (ctx) => grantFor(ctx, parts.signIns),
    pkce: { required: () => false },
    renderError,
    responseTypes: ["code", "id_token", "code id_token"],
    ttl: {
      AccessToken: PARTNER_API_LIFETIME_SECONDS,
      AuthorizationCode: 300,
      Grant: DAY_SECONDS,
      IdToken: ID_TOKEN_LIFETIME_SECONDS,
      Interaction: 3600,
      RefreshToken: DAY_SECONDS,
      Session: DAY_SECONDS,
    },
  };
}
