import { CLOCK_SKEW_SECONDS } from "../access.ts";
import type { SignedIn } from "./signed-in.ts";

/** What a relying party demands of one sign-in; kept until its answer comes, as nobody else remembers it. */
export interface Demands {
  /** Seconds since the person signed in, at most. */
  readonly maxAge?: number;
  /** The person is to sign in anew. */
  readonly anew?: true;
  /** One of these is to be `acr`; empty: any. */
  readonly essentialClasses: readonly string[];
}

/** Parameters of an authorization request, and what they demand. */
export interface AskedFor {
  readonly parameters: Readonly<Record<string, string>>;
  readonly demands: Demands;
}

const NAMES = ["acr_values", "claims", "max_age", "prompt"] as const;

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

function parseClaims(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("claims is not JSON");
  }
}

/** OIDC Core §5.5.1.1: only an essential class is demanded, any other is a wish. */
function essentialClasses(claims: string | undefined): readonly string[] {
  if (claims === undefined) return [];
  const acr = member(member(parseClaims(claims), "id_token"), "acr");
  if (member(acr, "essential") !== true) return [];
  return [member(acr, "value"), member(acr, "values")].flat().filter((value) => typeof value === "string");
}

function maxAgeOf(text: string | undefined): Pick<Demands, "maxAge"> {
  if (text === undefined) return {};
  if (!/^\d{1,9}$/.test(text)) throw new Error("max_age is no number of seconds");
  return { maxAge: Number(text) };
}

/**
 * Reads what is to be asked for out of the parameters by which a sign-in was begun here.
 *
 * @throws Error with the reason when it cannot be asked for
 */
export function readAskedFor(given: URLSearchParams): AskedFor {
  const parameters = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = given.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    }),
  );
  const { claims, max_age: maxAge, prompt = "" } = parameters;
  const anew = prompt.split(" ").includes("login") ? { anew: true as const } : {};
  return {
    parameters,
    demands: { ...maxAgeOf(maxAge), ...anew, essentialClasses: essentialClasses(claims) },
  };
}

/**
 * Checks that the answer gives what was demanded: an IdP may have disobeyed, or the request may have been changed on its
 * way, through the browser.
 *
 * @param begunAt when the sign-in was begun; seconds since the epoch, as `now`
 * @throws Error with the reason
 * @see OIDC Core §3.1.3.7 (12) and (13), §3.1.2.1 for `prompt`
 */
export function checkDemands(demands: Demands, begunAt: number, signedIn: SignedIn, now: number): void {
  const { maxAge, anew, essentialClasses: classes } = demands;
  const { acr, authenticatedAt } = signedIn;
  if ((maxAge !== undefined || anew === true) && authenticatedAt === undefined) {
    throw new Error("the ID token does not say when the person signed in, which was asked for");
  }
  const at = authenticatedAt ?? now;
  if (maxAge !== undefined && now - at > maxAge + CLOCK_SKEW_SECONDS) {
    throw new Error(`the person signed in longer ago than max_age, which was ${maxAge}`);
  }
  if (anew === true && at < begunAt - CLOCK_SKEW_SECONDS) {
    throw new Error("the person was to sign in anew, and did not");
  }
  if (classes.length > 0 && !classes.some((one) => one === acr)) {
    throw new Error(`acr is ${JSON.stringify(acr) ?? "absent"}, expected ${classes.join(" or ")}`);
  }
}
