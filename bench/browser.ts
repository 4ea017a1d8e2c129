import type { Browser } from "playwright";
import { emissionSchema } from "../harness/emission/emission.ts";
import { startIdp } from "../harness/idp/start-idp.ts";
import { startPartners } from "../harness/partner/start-partners.ts";
import { makeEvidenceStore } from "../harness/run/evidence.ts";
import { startBrowserDriver } from "../harness/transport/browser/browser.ts";
import type { Driver } from "../harness/transport/exchange.ts";
import { launchBrowser } from "../harness/transport/browser/launch-browser.ts";
import { startProtocolDriver } from "../harness/transport/protocol/protocol.ts";
import type { Measured } from "./goal.ts";
import { median } from "./median.ts";
import { type Person, signInByScript } from "./peers/browser-sign-in.ts";

const IN_FLIGHT = 2;
/** Sign-ins of one round by a browser; plain HTTP gets more, so that a round lasts long enough to be told. */
const ROUND = 12;
const ROUND_BY_HTTP = 120;
const ROUNDS = 7;

type SignIn = (person: Person) => Promise<void>;

function by(driver: Driver, idpOrigin: string): SignIn {
  const store = makeEvidenceStore("unused");
  return async ({ start, user, choice }) => {
    // As a run does it: recorded, and thrown away because it passed.
    const record = store.begin(user, 1);
    const browser = await driver.open(record.keeper);
    const signal = AbortSignal.timeout(60_000);
    const { page } = await browser.visit({ start, user, choice, idpOrigin, maxSignIns: 3, signal });
    await browser[Symbol.asyncDispose]();
    await record.settle(false);
    if (!page.html.includes(`>${user}<`))
      throw new Error(`${user} signed in and ${page.url} does not say so`);
  };
}

/** Sign-ins per second. */
async function rateOf(signIn: SignIn, people: readonly Person[]): Promise<number> {
  const queue = people.values();
  const started = performance.now();
  const lane = async (): Promise<void> => {
    for (const person of queue) await signIn(person);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return (people.length * 1000) / (performance.now() - started);
}

interface Rates {
  readonly ours: number;
  readonly peer: number;
  readonly http: number;
}

/** Medians of rounds in turn, so that a busy moment hits all. */
async function race(
  signIns: Readonly<Record<keyof Rates, SignIn>>,
  place: Omit<Person, "user">,
): Promise<Rates> {
  let count = 0;
  const people = (many: number): readonly Person[] =>
    Array.from({ length: many }, () => ({ ...place, user: `person-${(count += 1)}@partner.example` }));
  const rates: Record<keyof Rates, number[]> = { ours: [], peer: [], http: [] };
  const names = ["ours", "peer", "http"] as const;
  for (const name of names) await rateOf(signIns[name], people(IN_FLIGHT * 2));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const many = name === "http" ? ROUND_BY_HTTP : ROUND;
      rates[name].push(await rateOf(signIns[name], people(many)));
    }
  }
  return { ours: median(rates.ours), peer: median(rates.peer), http: median(rates.http) };
}

async function rateAll(browser: Browser): Promise<Rates> {
  const idp = await startIdp();
  const partners = await startPartners(idp);
  await using driver = await startBrowserDriver();
  await using protocol = startProtocolDriver();
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp" });
  const choice = idp.offer(emission, "bench");
  const start = `${partners.relyingParty.origin}/portal`;
  const rates = await race(
    {
      ours: by(driver, idp.origin),
      peer: (person) => signInByScript(browser, person),
      http: by(protocol, idp.origin),
    },
    { start, choice },
  );
  await partners[Symbol.asyncDispose]();
  await idp.stop();
  return rates;
}

function perSecond(rate: number): string {
  return `${rate.toFixed(1)}/s`;
}

/** Goal 14: sign-ins in a real browser, recorded as a run records them, two at a time. */
export async function measureBrowser(): Promise<readonly Measured[]> {
  const browser = await launchBrowser();
  const { ours, peer, http } = await rateAll(browser);
  await browser.close();
  return [
    {
      goal: `14 OIDC sign-ins in a browser, ${IN_FLIGHT} in flight`,
      peer: "Playwright, a fresh context for each",
      ratio: ours / peer,
      must: { bar: 1.2, better: "more" },
      figures: `${perSecond(ours)} against ${perSecond(peer)}`,
    },
    {
      goal: "14 the same by plain HTTP (wish: 30)",
      peer: "ours, in a browser",
      ratio: http / ours,
      figures: `${perSecond(http)} against ${perSecond(ours)}`,
    },
  ];
}
