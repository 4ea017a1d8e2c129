import type { EmissionModel } from "./model.ts";

/** The readers that an emission may be meant for. */
export const CHANNELS = ["oidc", "partner-api", "saml", "wsfed", "eam"] as const;

/** A reader with its own way to say MFA. */
export type Channel = (typeof CHANNELS)[number];

/** What a sign-in of each channel emits: the first names that the path of a patch may begin with. */
export const CHANNEL_MEMBERS: Readonly<Record<Channel, readonly (keyof EmissionModel)[]>> = {
  oidc: [
    "idToken",
    "refreshedIdToken",
    "userInfo",
    "tokenResponse",
    "authorizationResponse",
    "logoutToken",
    "tokenError",
    "refreshError",
    "userInfoError",
    "deviceAuthorizationError",
    "pushedAuthorizationError",
    "discovery",
    "jwks",
  ],
  "partner-api": ["accessToken", "tokenError", "refreshError"],
  saml: ["samlResponse", "samlLogoutResponse", "samlMetadata"],
  wsfed: ["wsFedResponse"],
  eam: ["eamResponse", "eamDiscovery", "eamJwks"],
};
