import type { FinalPage } from "../transport/exchange.ts";
import { parsePage } from "../transport/parse-page.ts";
import { isReadable } from "../transport/readable.ts";
import type { ShownPage } from "./events.ts";

const LONGEST_TEXT = 1000;

/** What a person would have read on a page, without anything that may be an artifact, a code or a password. */
export function shownPage({ url, status, html }: FinalPage): ShownPage {
  const root = parsePage(html.replace(/^\s*<!doctype[^>]*>/i, ""));
  for (const hidden of root.querySelectorAll("script, style, template, noscript, textarea, option, title")) {
    hidden.remove();
  }
  const text = withoutSecrets(root.structuredText).slice(0, LONGEST_TEXT);
  return { url, status, text: text.trim() };
}

/** Text in which only what reads like words, names and short numbers is left. */
function withoutSecrets(text: string): string {
  return (
    text
      // Markup that is shown as text is a message, or a part of one.
      .replaceAll(/<[^>]*>?/g, "…")
      .replaceAll(/[^\s"'<>(),;{}[\]]+/g, (word) => (isReadable(word) ? word : "…"))
  );
}
