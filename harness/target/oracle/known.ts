import type { Familiar } from "./familiar.ts";
import type { PagePrint } from "./page-print.ts";
import type { Named, Naming } from "./who.ts";

/** What an app looks like to those it lets in, and to somebody who gave up. */
export interface Known {
  readonly naming: Naming;
  /** Those who were let in, as the app names them. */
  readonly people: readonly Named[];
  /** The address where it says who is signed in; undefined: on the page on which a sign-in ends. */
  readonly place: string | undefined;
  /** Whether that address is the protected page itself, which only those see who were let in. */
  readonly isPlaceProtected: boolean;
  /** The pages on which a good sign-in ends. */
  readonly good: Familiar;
  /** The pages that then say who is signed in; undefined: the same. */
  readonly identity: Familiar | undefined;
  /** The protected page, where it is another; undefined: it is the same, or asks for a sign-in each time. */
  readonly opened: Familiar | undefined;
  /** The page on which a cancelled sign-in ends. */
  readonly cancelled: PagePrint;
  /** Where the app failed when somebody gave up, and how: that is its way to refuse. */
  readonly failures: readonly string[];
  /** The page that says who is signed in, to nobody; undefined: it asks for a sign-in. */
  readonly nobodys: PagePrint | undefined;
  /** Cookies that only those have who were let in; empty: none tells. */
  readonly sessionCookies: readonly string[];
  /** Whether the app comes to the IdP for tokens. */
  readonly redeems: boolean;
}
