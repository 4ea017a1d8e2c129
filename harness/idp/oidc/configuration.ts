import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import { type EmissionKey, publicJwk } from "../../emission/keys/keys.ts";
import { ID_TOKEN_LIFETIME_SECONDS } from "../../emission/token/mint-token.ts";
import { ID_TOKEN_ALGORITHMS, ID_TOKEN_ENCRYPTIONS } from "../../emission/token/id-token-algorithm.ts";
import { OIDC_ACR_VALUES } from "../../emission/profiles/oidc.ts";
import { PARTNER_API_LIFETIME_SECONDS } from "../../emission/profiles/partner-api.ts";
import { makeAdapterFactory } from "./adapter.ts";
import { makeCookieKey } from "./cookie-key.ts";
import { renderErrorPage } from "./error-page.ts";
import { oidcFeatures } from "./features.ts";
import { allowPagesOf } from "./cross-origin.ts";
import { onClock } from "./clock.ts";
import { keepOfflineAccess } from "./offline-access.ts";
import { makePolicy } from "./policy.ts";
import { type RelyingParties, RESPONSE_TYPES } from "./relying-parties.ts";
import { grantFor, type SignIns } from "./sign-ins.ts";
import { CLAIMS_BY_SCOPE, userClaims } from "./user-claims.ts";
import type { Sessions } from "../sign-in/sessions.ts";
import type { Store } from "../store/store.ts";

const DAY_SECONDS = 86_400;

/** What the configuration rests on. */
export interface OidcConfigurationParts {
  /** Keys for each algorithm that a relying party may register. */
  readonly keys: readonly EmissionKey[];
  readonly base: string;
  readonly relyingParties: RelyingParties;
  readonly signIns: SignIns;
  readonly sessions: Sessions;
  readonly store: Store;
  /** Signs the cookies; the same for every replica. */
  readonly cookieKey: string;
  /** Seconds by which the IdP's clock is ahead of the machine's. */
  readonly ahead: () => number;
  readonly signOut: (ctx: KoaContextWithOIDC) => Promise<void>;
}

function privateJwk(key: EmissionKey): Record<string, unknown> {
  return { ...key.privateKey.export({ format: "jwk" }), ...publicJwk(key) };
}

/** Cookies of one port go to every port of 127.0.0.1, and those of one path to others, so both are in their names. */
function cookieSettings({ base, cookieKey }: OidcConfigurationParts): NonNullable<Configuration["cookies"]> {
  const { port, pathname } = new URL(base);
  const prefix = `mfa_idp_${port}${pathname.replace(/\/$/, "").replaceAll(/[^a-z0-9]/gi, "_")}`;
  return {
    keys: makeCookieKey(cookieKey),
    long: { httpOnly: true, sameSite: "lax", path: new URL(`${base}/oidc`).pathname },
    names: { session: `${prefix}_session`, interaction: `${prefix}_sign_in`, resume: `${prefix}_resume` },
  };
}

/** Settings of oidc-provider: every relying party that is registered, every user, no consent, nothing outside. */
export function oidcConfiguration(parts: OidcConfigurationParts): Configuration {
  return {
    acrValues: OIDC_ACR_VALUES,
    adapter: onClock(makeAdapterFactory(parts.relyingParties, parts.store.within("oidc")), parts.ahead),
    claims: { ...CLAIMS_BY_SCOPE, acr: null, amr: null, auth_time: null, sid: null },
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "none"],
    clientBasedCORS: allowPagesOf(parts.relyingParties),
    conformIdTokenClaims: false,
    cookies: cookieSettings(parts),
    enabledJWA: {
      authorizationSigningAlgValues: ["RS256"],
      idTokenEncryptionAlgValues: [...ID_TOKEN_ENCRYPTIONS],
      idTokenEncryptionEncValues: ["A128CBC-HS256", "A128GCM", "A256CBC-HS512", "A256GCM"],
      idTokenSigningAlgValues: [...ID_TOKEN_ALGORITHMS],
    },
    expiresWithSession: () => false,
    // A validator may change its parameter, and runs after the scope was checked.
    extraParams: { scope: keepOfflineAccess },
    features: oidcFeatures(parts),
    findAccount: (_ctx, user) => ({ accountId: user, claims: () => userClaims(user) }),
    interactions: {
      policy: makePolicy(parts.signIns, parts.sessions),
      url: (_ctx, { uid }) => `${parts.base}/oidc/sign-in/${uid}`,
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    jwks: { keys: parts.keys.map(privateJwk) },
    loadExistingGrant: (ctx) => grantFor(ctx, parts.signIns),
    pkce: { required: () => false },
    renderError: renderErrorPage,
    responseTypes: [...RESPONSE_TYPES],
    ttl: {
      AccessToken: PARTNER_API_LIFETIME_SECONDS,
      AuthorizationCode: 300,
      DeviceCode: 600,
      Grant: DAY_SECONDS,
      IdToken: ID_TOKEN_LIFETIME_SECONDS,
      Interaction: 3600,
      RefreshToken: DAY_SECONDS,
      Session: DAY_SECONDS,
    },
  };
}
