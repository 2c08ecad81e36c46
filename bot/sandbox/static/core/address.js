// What the page's address keeps: the person, the group and the topic that are open.

/** Read `#102`, `#102/-1001000000001` or `#102/-1001000000001/7`; each part may be left out. */
export function readAddress() {
  const [person, group, topic] = location.hash.slice(1).split("/");
  const number = (text) => (/^-?\d+$/.test(text ?? "") ? Number(text) : null);
  return { person: number(person), group: number(group), topic: number(topic) };
}

export function writeAddress({ person, group, topic }) {
  const staff = topic === undefined || group === null ? "" : `/${group}${topic === null ? "/" : `/${topic}`}`;
  history.replaceState(null, "", `#${person ?? ""}${staff}`);
}
