const [join, say, list, people, text] = ['join', 'say', 'lines', 'people', 'text'].map((id) =>
  document.getElementById(id),
);
/** Milliseconds until the next try, longer with each that fails. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

let socket;
let ownName;
let wait = FIRST_WAIT;

join.addEventListener('submit', (event) => {
  event.preventDefault();
  join.hidden = true;
  list.hidden = say.hidden = false;
  connect(new FormData(join).get('name'));
  text.focus();
});

say.addEventListener('submit', (event) => {
  event.preventDefault();
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(text.value);
  text.value = '';
});

function connect(name) {
  const url = new URL(`room?name=${encodeURIComponent(name)}`, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }) => {
    const event = JSON.parse(data);
    receive[event.kind](event);
  });
  socket.addEventListener('close', () => {
    people.textContent = 'Connection lost, trying again …';
    setTimeout(connect, wait, name);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  });
}

const receive = {
  welcome({ name, lines }) {
    ownName = name;
    wait = FIRST_WAIT;
    list.replaceChildren(...lines.map(item));
    showLast();
  },
  people({ names }) {
    people.textContent = `Here: ${names.join(', ')}`;
  },
  line({ line }) {
    list.append(item(line));
    showLast();
  },
};

function item({ name, text: said, at }) {
  const element = document.createElement('li');
  element.classList.toggle('own', name === ownName);
  const who = document.createElement('b');
  who.textContent = name;
  const when = document.createElement('time');
  when.dateTime = new Date(at).toISOString();
  when.textContent = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const what = document.createElement('p');
  what.textContent = said;
  element.append(who, when, what);
  return element;
}

function showLast() {
  list.scrollTop = list.scrollHeight;
}
