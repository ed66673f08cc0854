// Asks the studio. The key came behind the # of the link; it stays in this tab, and no other page can ask with it.

import { haveToWait } from "./telling.js";

const KEPT = "babelreel-studio-key";
const TOO_MANY = 429;
const MOST_TRIES = 10;

/** What the studio refused, in its own words. */
export class Refusal extends Error {
  constructor(status, told) {
    super([told.what, told.why, told.hint].filter(Boolean).join(" "));
    this.status = status;
  }
}

/** Take the key and the language out of the address, where others could read them. */
export function takeLink() {
  const parts = new URLSearchParams(location.hash.slice(1));
  if (parts.get("key")) sessionStorage.setItem(KEPT, parts.get("key"));
  const language = parts.get("language") || "";
  history.replaceState(null, "", language ? `#${new URLSearchParams({ language })}` : location.pathname);
  return language;
}

/** Ask with a JSON body; gives the answer, or throws a Refusal (status 0: nobody answered). */
export async function ask(path, body = {}) {
  return told(await answered(path, body));
}

/** Ask for a picture; throws as `ask` does. */
export async function askPicture(path, body) {
  const answer = await answered(path, body);
  return answer.ok ? answer.blob() : told(answer);
}

/** Ask for bytes; throws as `ask` does. */
export async function askBytes(path) {
  const answer = await answered(path, {});
  return answer.ok ? answer.arrayBuffer() : told(answer);
}

/** Ask for a sound: its bytes, and where in the film it begins (in milliseconds); throws as `ask` does. */
export async function askSound(path, body) {
  const answer = await answered(path, body);
  if (!answer.ok) return told(answer);
  return { bytes: await answer.arrayBuffer(), startMs: Number(answer.headers.get("X-Start-Ms")) };
}

/** Send a recording, or a sound file as it is; throws as `ask` does. */
export async function sendTake(path, sound) {
  return told(await answered(path, sound, sound instanceof File ? "application/octet-stream" : "audio/wav"));
}

/** Ask; where the studio says that this was too much at once, say so, and ask again as soon as it wants. */
async function answered(path, body, form) {
  for (let left = MOST_TRIES; ; left -= 1) {
    const answer = await answeredOnce(path, body, form);
    const seconds = Number(answer.headers.get("Retry-After"));
    haveToWait(answer.status === TOO_MANY && left > 0);
    if (answer.status !== TOO_MANY || !left) return answer;
    await new Promise((resolve) => { setTimeout(resolve, 1000 * (seconds || 1)); });
  }
}

async function answeredOnce(path, body, form = "application/json") {
  try {
    return await fetch(`/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": form, Authorization: `Bearer ${sessionStorage.getItem(KEPT) || ""}` },
      body: form === "application/json" ? JSON.stringify(body) : body,
    });
  } catch {
    throw new Refusal(0, {});
  }
}

async function told(answer) {
  let document = {};
  try {
    document = await answer.json();
  } catch {
    document = { what: `${answer.status}` };
  }
  if (!answer.ok) throw new Refusal(answer.status, document);
  return document;
}
