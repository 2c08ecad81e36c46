// Talks to the sandbox's JSON API.

const ROOT = "/sandbox/api";

class ApiError extends Error {}

async function call(path, options) {
  const response = await fetch(ROOT + path, options);
  const body = await response.json();
  if (!response.ok) throw new ApiError(body.error ?? `HTTP ${response.status}`);
  return body;
}

export function get(path, signal) {
  return call(path, { signal });
}

export function post(path, body = {}) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function withdrawAll(path) {
  return call(path, { method: "DELETE" });
}

export function fileUrl(fileId) {
  return `${ROOT}/files/${encodeURIComponent(fileId)}`;
}

/** Read a Blob as base64. */
export async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
