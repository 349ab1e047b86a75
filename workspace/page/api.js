// Talks to the stand-in's /desk API: what the chosen person does and sees.

/** A refusal by the stand-in; `code` is its error word. */
export class DeskError extends Error {
  constructor(code, detail) {
    super(detail || code);
    this.code = code;
  }
}

async function read(response) {
  let answer;
  try {
    answer = await response.json();
  } catch {
    throw new DeskError("no_json", `HTTP ${response.status}`);
  }
  if (!answer.ok) throw new DeskError(answer.error || `http_${response.status}`, detailOf(answer.detail));
  return answer;
}

function detailOf(detail) {
  if (detail === undefined || detail === null) return "";
  return typeof detail === "string" ? detail : JSON.stringify(detail);
}

export async function get(path, query = {}) {
  const search = new URLSearchParams(query);
  return read(await fetch(`/desk/${path}?${search}`, { cache: "no-store" }));
}

export async function post(path, body) {
  return read(
    await fetch(`/desk/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

/** Sends files; `fields` without a channel keeps them back for a modal's file field. */
export async function upload(fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return read(await fetch("/desk/upload", { method: "POST", body: form }));
}

export function fileUrl(id, as) {
  return `/desk/file/${encodeURIComponent(id)}?as=${encodeURIComponent(as)}`;
}
