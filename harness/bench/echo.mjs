// Answers every request with its own params, by moving text and without reading it: the cheapest adapter there is.
const HELLO =
  '{"name":"echo","version":"1","language":"JavaScript","protocol":1,' +
  '"operations":["bench.echo"],"profiles":[],"deterministic":true,"limits":{"lineBytes":4194304}}';
let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (data) => {
  const lines = (rest + data).split('\n');
  rest = lines.pop() ?? '';
  let out = '';
  for (const line of lines) {
    if (line.includes('"op":"bench.echo","params":')) out += `${line.replace('"op":"bench.echo","params":', '"ok":')}\n`;
    else {
      const { id, op } = JSON.parse(line);
      out += op === 'hello' ? `{"id":${id},"ok":${HELLO}}\n` : `{"id":${id},"unsupported":true}\n`;
    }
  }
  process.stdout.write(out);
});
