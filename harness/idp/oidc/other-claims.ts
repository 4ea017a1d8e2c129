import { Provider } from "oidc-provider";

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The parameter with a member that oidc-provider knows; what is no JSON object stays, for it to refuse. */
function withKnownMember(claims: string): string {
  const asked = parsed(claims);
  if (!isObject(asked) || asked["userinfo"] !== undefined || asked["id_token"] !== undefined) return claims;
  return JSON.stringify({ ...asked, id_token: {} });
}

/**
 * Makes oidc-provider take a `claims` parameter whose members are all unknown to it, such as the `access_token` by which
 * Entra asks for an authentication context: members that are not understood must be ignored, and it wants one of its own.
 *
 * Before the claims, a request is checked for its redirect URI, in the front channel and pushed, or, of a device, for its
 * grant type.
 *
 * @see OIDC Core §5.5
 */
export function takeOtherClaims({ Client }: Provider): void {
  for (const name of ["redirectUriAllowed", "grantTypeAllowed"]) {
    const allowed: unknown = Reflect.get(Client.prototype, name);
    if (typeof allowed !== "function") throw new TypeError("oidc-provider checks requests in another way");
    Object.assign(Client.prototype, {
      [name](this: unknown, asked: string): unknown {
        const { params } = Provider.ctx?.oidc ?? {};
        const claims = params?.["claims"];
        if (params !== undefined && typeof claims === "string") params["claims"] = withKnownMember(claims);
        return Reflect.apply(allowed, this, [asked]);
      },
    });
  }
}
