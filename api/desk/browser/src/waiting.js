// Times that grow while somebody looks: 「12分」 becomes 「13分」 without asking the server.

const MINUTE = 60_000;

function grown(since) {
  const minutes = Math.max(0, Math.floor((Date.now() - new Date(since)) / MINUTE));
  if (minutes < 60) return `${minutes}分`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}時間${minutes % 60}分`;
  return `${Math.floor(hours / 24)}日${hours % 24}時間`;
}

function grow() {
  for (const time of document.querySelectorAll("time[data-since]")) {
    const words = grown(time.dateTime) + (time.dataset.since ?? "");
    if (time.textContent !== words) time.textContent = words;
  }
}

setInterval(grow, 10_000);
document.addEventListener("htmx:after:swap", grow);
