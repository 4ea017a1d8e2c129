import { createHash, randomBytes } from "node:crypto";
import type { Traits } from "./traits.ts";

/** What the pages of the zoo show. */
export interface Shown {
  readonly user: string | undefined;
  /** The words of the page. */
  readonly words: string;
  readonly level?: string;
  readonly everybody?: readonly string[];
}

/** How an app names a user. */
export function nameOf(user: string, names: Traits["names"]): string {
  const local = user.split("@")[0] ?? "";
  switch (names) {
    case "upper-case":
      return user.toUpperCase();
    case "with-greeting":
      return `Good day, <${user}>!`;
    case "initials":
      return local
        .split(/[.-]/)
        .map((word) => word.charAt(0).toUpperCase())
        .join("");
    case "hash":
      return createHash("sha256").update(user).digest("hex").slice(0, 16);
    case "local-part":
      return local;
    case "nobody":
      return "Sign out";
    default:
      return user;
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function word(): string {
  return randomBytes(12)
    .toString("hex")
    .replaceAll(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)));
}

const MUCH = Array.from({ length: 150 }, (_, index) => {
  const name = `${"abcdefghij".charAt(index % 10)}${"klmnopqrst".charAt(Math.floor(index / 10) % 10)}${index > 99 ? "x" : "y"}`;
  return `<li class="item-${name}"><a href="/${name}">about ${name}</a></li>`;
}).join("");

/** A page between the sign-in and the portal. */
export const CONSENT = `<form method="post" action="/consent"><h2>Our terms</h2><label><input type="checkbox" name="read" id="read"> read</label><button name="agree" value="yes" id="agree">Agree</button></form>`;

/** What is shown to everybody whose answer was not believed. */
export const SERVER_ERROR = "<h1>Server error</h1><p>There is a problem. It is too weak, or not ours.</p>";

/** The page of an app, dressed as it is. */
export function page(traits: Traits, { user, words, level = "", everybody = [] }: Shown): string {
  const name = user === undefined ? "" : escaped(nameOf(user, traits.names));
  const who = user === undefined ? `<a href="/login">Sign in</a>` : `<b id="who">${name}</b>`;
  const head = `<h1>Portal of the zoo</h1><p>${who}</p>`;
  const body = `${head}<p id="words">${words}</p><p>${level}</p>`;
  return `<!doctype html><html><head><title>Zoo</title></head><body>${DRESS[traits.dress](body, name, everybody)}</body></html>`;
}

type Dress = (body: string, name: string, everybody: readonly string[]) => string;

const DRESS: Readonly<Record<Traits["dress"], Dress>> = {
  plain: (body) => body,
  random: (body) =>
    `<div class="ad ${word()}">${word()} ${word()}</div>${body}<input type="hidden" name="csrf" value="${word()}"><footer id="${word()}">${new Date().toISOString()} ${word()}</footer>`,
  "lists-others": (body, _name, everybody) =>
    `${body}<ul>${everybody.map((one) => `<li>${one}</li>`).join("")}</ul>`,
  "in-comment": (body, name) => `<!-- ${name} is signed in --><input type="hidden" value="${name}">${body}`,
  broken: (body) => `<div><p>${body}<table><tr><td>open<b>never <i>closed</div></p></section>`,
  huge: (body) => `${body}<ul>${"<li>customer</li>".repeat(1500)}</ul>`,
  xhtml: (body) => body,
  "script-json": (body, name) => `<script>window.state = {"user":"${name}"}</script>${body}`,
  // The page itself holds nothing; what it shows is kept in the browser's storage, as a single-page app does.
  "made-by-script": (body) => `<div id="root"></div><script>
    localStorage.setItem("page", ${JSON.stringify(body).replaceAll("<", "\\u003c")});
    document.getElementById("root").innerHTML = localStorage.getItem("page");
  </script>`,
  "in-frame": (body) => `<iframe srcdoc="${body.replaceAll('"', "&quot;")}"></iframe>`,
  // Whoever comes gets this, and asks an API for all else.
  shell: () => `<div id="root">Loading</div><script src="/app.js"></script>`,
  "much-else": (body) => `<nav><ul>${MUCH}</ul></nav>${body}`,
};
