// The waiting page of an import: moves its bar, and shows the page anew when there is something else to see.
const shown = document.getElementById("progress");
const bar = shown.querySelector("progress");
const words = document.getElementById("step");
const seconds = document.getElementById("seconds");

function say(text) {
  if (words.textContent !== text) words.textContent = text; // said aloud once, not every second
}

async function look() {
  try {
    const answer = await fetch(shown.dataset.address);
    if (answer.redirected) return location.reload(); // to sign in again
    const progress = await answer.json();
    if (progress.page !== shown.dataset.page) return location.reload();
    bar.value = progress.percent;
    seconds.textContent = progress.seconds;
    say(progress.words);
  } catch {
    say("様子を確かめられません。仕事は続いています。通信がもどれば、続きを示します。");
  }
  setTimeout(look, document.hidden ? 10000 : 1000);
}

setTimeout(look, 1000);
