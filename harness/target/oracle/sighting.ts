import type { MockIdp } from "../../idp/mock-idp.ts";
import type { DrivenBrowser, DrivenSignIn, FinalPage, SignInPlan } from "../../transport/exchange.ts";
import type { AppDefinition } from "../definition/app.ts";
import { readWho } from "./who.ts";

/** All that can be seen of an app after a sign-in. */
export interface Sighting {
  /** The page on which the sign-in ended. */
  readonly page: FinalPage;
  /** Whether that page is the app's own. */
  readonly isOwnPage: boolean;
  readonly looped: boolean;
  readonly signIns: number;
  /** The page that says who is signed in; undefined: the app asked for a sign-in instead. */
  readonly identityPage: FinalPage | undefined;
  /** The name on it. */
  readonly named: string | undefined;
  /** Cookies of the app that were set; undefined: the driver cannot tell. */
  readonly cookies: readonly string[] | undefined;
  /** Whether the app came to the IdP for tokens. */
  readonly redeemed: boolean;
}

/** What a look at an app needs. */
export interface Look {
  readonly app: AppDefinition;
  readonly idp: MockIdp;
  readonly browser: DrivenBrowser;
  readonly plan: Omit<SignInPlan, "start">;
}

/** Looks at an app in the browser in which somebody signed in. */
export async function lookAt(driven: DrivenSignIn, look: Look): Promise<Sighting> {
  const { app, browser, plan, idp } = look;
  const { origin } = new URL(app.start);
  const identityPage = await identityPageOf(driven, look);
  return {
    page: driven.page,
    isOwnPage: new URL(driven.page.url).origin === origin,
    looped: driven.looped,
    signIns: driven.signIns,
    identityPage,
    named: identityPage === undefined ? undefined : readWho(identityPage.html, app.signedIn),
    cookies: browser.cookiesOf?.(origin),
    redeemed: idp.journal().some(({ choice, path }) => choice === plan.choice && path.endsWith("/token")),
  };
}

async function identityPageOf(driven: DrivenSignIn, look: Look): Promise<FinalPage | undefined> {
  const { app, browser, plan, idp } = look;
  const { url } = app.signedIn;
  // A page of the IdP's says nothing about the app, whatever name stands on it.
  if (url === undefined) return new URL(driven.page.url).origin === idp.origin ? undefined : driven.page;
  const { page, looped } = await browser.visit({ ...plan, start: url, maxSignIns: 0 });
  return looped || new URL(page.url).origin !== new URL(url).origin ? undefined : page;
}

/** Leaves the app as a person would; whether it lets go is not what is tested. */
export async function signOut({ app, browser, plan }: Look): Promise<void> {
  if (app.signOut === undefined) return;
  await browser.visit({ ...plan, start: app.signOut, maxSignIns: 0 }).catch((error: unknown) => {
    plan.signal.throwIfAborted();
    return error;
  });
}
