"""The workloads as handlers of mod_python."""
import json
import os

from mod_python import apache

with open(os.path.join(os.environ['BENCH_FOLDER'], 'content.json'), encoding='utf-8') as file:
    content = json.load(file)


def send(req, body, content_type):
    req.content_type = content_type
    req.set_content_length(len(body))
    req.write(body, 0)
    return apache.OK


def to_json(value):
    return json.dumps(value, separators=(',', ':'), ensure_ascii=False).encode()


def hello(req):
    req.headers_out['Cache-Control'] = 'no-cache'
    return send(req, content['hello'].encode(), 'text/plain; charset=utf-8')


def record(req):
    return send(req, to_json(content['record']), 'application/json')


def article(req):
    number = req.uri.rpartition('/')[2]
    req.content_type = 'application/json'
    req.write(to_json({**content['article'], 'id': number}), 0)
    return apache.OK


def publish(filter):
    """The body is short, and comes in one brigade."""
    chunk = filter.read()
    while chunk:
        filter.write(chunk.replace(content['inside'].encode(), content['outside'].encode()))
        chunk = filter.read()
    if chunk is None:
        filter.close()


def text(req):
    req.content_type = 'text/plain; charset=utf-8'
    req.write(content['text'].encode(), 0)
    return apache.OK


def echo(req):
    return send(req, to_json(json.loads(req.read())), 'application/json')
