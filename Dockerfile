# The command `tithi` in an image; without arguments it runs the example of the README.
#   docker build -t tithi .
#   docker run --rm tithi
#   docker run --rm -v "$PWD:/data" tithi build --manifest pairs.jsonl -o corpus
FROM python:3.12-slim
COPY . /src
RUN python -m pip install --no-cache-dir '/src[read]'
COPY sample /data/sample
WORKDIR /data
# What numba compiles at first use is compiled here, and kept where any user may read and add to it.
ENV NUMBA_CACHE_DIR=/var/cache/numba HF_HOME=/tmp/huggingface PYTHONUTF8=1
RUN mkdir -p /var/cache/numba \
    && tithi align sample/01_festivals.hi.txt sample/01_festivals.en.txt > /tmp/beads.jsonl \
    && python -c "import tithi; tithi.check_pair('वर्षा हुई।', 'It rained.')" \
    && chmod -R a+rwX /var/cache/numba
ENTRYPOINT ["tithi"]
CMD ["dates", "sample/01_festivals.hi.txt", "--lang", "hi"]
