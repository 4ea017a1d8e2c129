import type { Client, Configuration, KoaContextWithOIDC } from "oidc-provider";
import { renderDeviceCodeConfirmation, renderDeviceCodeEntry } from "./device-pages.ts";
import { apiOfScope, describeApi } from "./partner-api.ts";
import { renderMessage } from "../pages/message-page.ts";

/** What the features call back. */
export interface FeatureParts {
  /** Ends the session of the user agent, and tells the relying parties that want to know. */
  readonly signOut: (ctx: KoaContextWithOIDC) => Promise<void>;
}

type Features = NonNullable<Configuration["features"]>;

function secretOf({ oidc }: KoaContextWithOIDC): string {
  const secret = oidc.session?.state?.["secret"];
  return typeof secret === "string" ? secret : "";
}

/** RFC 8628: the pages of a person who types what a device without a browser shows. */
function deviceFlow(): Features["deviceFlow"] {
  return {
    enabled: true,
    userCodeInputSource: (ctx, _form, _out, error) => {
      const { session } = ctx.oidc;
      // A session that was never saved cannot be kept now; oidc-provider would try, and fail with a server error.
      if (error !== undefined && session?.exp === undefined) Object.assign(session ?? {}, { touched: false });
      const action = ctx.oidc.urlFor("code_verification");
      ctx.body = renderDeviceCodeEntry({ action, xsrf: secretOf(ctx), problem: error?.message });
    },
    userCodeConfirmSource: (ctx, _form, client, _device, code) => {
      const action = ctx.oidc.urlFor("code_verification");
      const application = client.clientId;
      ctx.body = renderDeviceCodeConfirmation({ action, xsrf: secretOf(ctx), application, code });
    },
    successSource: (ctx) => {
      ctx.body = renderMessage("Signed in", {
        "What now": "Go back to the device; this page can be closed.",
      });
    },
  };
}

function resourceIndicators(): Features["resourceIndicators"] {
  return {
    enabled: true,
    defaultResource: (ctx, _client, oneOf) => oneOf?.[0] ?? apiOfScope(ctx.oidc.params?.["scope"]),
    getResourceServerInfo: (_ctx, api) => describeApi(api),
    useGrantedResource: () => true,
  };
}

/** A token is shown to, and taken back by, the relying party that it was issued to. */
function ownToken(
  _ctx: KoaContextWithOIDC,
  { clientId }: Client,
  token: { readonly clientId?: string | undefined },
): boolean {
  return token.clientId === clientId;
}

/** Everything beside the code flow that this IdP does. */
export function oidcFeatures({ signOut }: FeatureParts): Features {
  return {
    backchannelLogout: { enabled: true },
    claimsParameter: { enabled: true },
    deviceFlow: deviceFlow(),
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    encryption: { enabled: true },
    introspection: { enabled: true, allowedPolicy: ownToken },
    jwtResponseModes: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    resourceIndicators: resourceIndicators(),
    revocation: { enabled: true, allowedPolicy: ownToken },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: signOut,
      postLogoutSuccessSource: (ctx) => {
        ctx.body = renderMessage("Signed out", {});
      },
    },
  };
}
