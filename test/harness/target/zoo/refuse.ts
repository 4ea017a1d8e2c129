import type { Response } from "express";
import type { Person } from "./federations.ts";
import { type House, send } from "./house.ts";
import { page } from "./pages.ts";
import type { Traits } from "./traits.ts";

/** Rejects an answer in the app's own way. */
export function refuse(house: House, person: Person | undefined, response: Response): void {
  const { traits } = house;
  const say = (status: number, words: string): void =>
    send(house, response, status, page(traits, { user: undefined, words }));
  const refusals: Readonly<Record<Traits["refusal"], () => unknown>> = {
    page: () => say(400, "That did not work."),
    "page-by-200": () => say(200, "That did not work."),
    "start-page": () => response.redirect("/"),
    "start-page-with-error": () => response.redirect("/?error=1"),
    "sign-in-page": () => response.redirect("/portal?failed"),
    "asks-again": () => response.redirect("/login"),
    "bare-401": () => response.status(401).end(),
    "bare-403": () => response.status(403).end(),
    "echoes-name": () => say(200, `<b id="who">${person?.user ?? "Somebody"}</b> may not sign in.`),
    "server-error": () => say(500, "Something went wrong."),
    download: () => response.attachment("refusal.txt").send("That did not work."),
    "error-page-by-500": () => response.redirect("/error"),
    "try-again-by-200": () =>
      send(house, response, 200, "<h2>Sorry</h2><p>That did not work, try again.</p>"),
    "json-by-200": () =>
      response.json({ error: `reason ${house.refusals % 2 === 0 ? "even" : "odd"}`, retry: true }),
    "sign-in-page-with-error": () => response.redirect(303, "/portal?error=Callback"),
    "two-redirects-for-ever": () => response.redirect("/round"),
    "thirty-redirects": () => response.redirect("/step/30"),
  };
  refusals[traits.refusal]();
}
