.DEFAULT_GOAL := help
.NOTPARALLEL:
.SILENT: demo demo-reset help ci python-is-fit port-is-free postgresql-is-named .venv/bin/python var/static.stamp

PYTHON ?= python3
PORT ?= 8000
N ?= 2000
SEED ?= 0
py := .venv/bin/python
manage := $(py) manage.py
demo := SUMAIRU_MODE=demo PYTHON=$(py) PORT=$(PORT)
test := SUMAIRU_MODE=test
# The tests keep the bytecode of what they import in var/: where none is kept, each process compiles all of it again.
pytest := env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX=$(CURDIR)/var/bytecode $(py) -m pytest
# What asks no database, or one of its own, need not be asked twice.
without_database := tests/lib tests/test_deploy.py tests/test_client_headers.py tests/test_memory.py tests/test_settings.py \
	tests/test_repository.py tests/test_templates.py
# `check --deploy` is about production; these values only let its settings load.
production := SUMAIRU_MODE=production ALLOWED_HOSTS=localhost DATABASE_URL=$(or $(DATABASE_URL),sqlite://:memory:) \
	SECRET_KEY=only-for-lint-0123456789-abcdefghijklmnopqrstuvwxyz-only-for-lint

## make demo          ひととおりのデータを入れて、ポータルを手元で動かす（PORT=8001 のように番号を変えられる）
.PHONY: demo
demo: python-is-fit port-is-free
	$(MAKE) install var/static.stamp
	echo "== データベースを用意しています"
	$(demo) deploy/steps.sh migrate --verbosity 0
	$(demo) $(manage) demo
	$(demo) BIND=127.0.0.1:$(PORT) deploy/steps.sh both

## make demo-reset    デモで編集した内容を消して、初めからやり直す
.PHONY: demo-reset
demo-reset: port-is-free
	rm -f var/demo.sqlite3 var/demo.sqlite3-wal var/demo.sqlite3-shm
	echo "== デモのデータを消しました。初めから作り直します"
	$(MAKE) demo

## make install       動かすのに要るものだけを .venv に入れる
.PHONY: install
install: .venv/run.stamp

## make test          テスト（SQLite、メモリ上、並列）。DATABASE_URL があればそのデータベースで。TESTS=tests/pages のように一部も
.PHONY: test
test: .venv/develop.stamp
	$(pytest) -n auto --dist loadgroup $(TESTS)

## make test-all      テストのすべての場合（make test は一部を選ぶ。make ci はすべて）
.PHONY: test-all
test-all: .venv/develop.stamp
	EXHAUSTIVE=1 $(MAKE) test

## make test-browser  本物のブラウザー（Chromium）を動かすテスト
.PHONY: test-browser
test-browser: .venv/develop.stamp
	$(pytest) -n auto -m browser tests/browser

## make lint          書き方、型、層の向き、マイグレーション、公開時の設定の検査
.PHONY: lint
lint: .venv/develop.stamp
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	find templates regions support sumairu -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	.venv/bin/lint-imports --no-logo
	.venv/bin/mypy
	$(test) $(manage) makemigrations --check --dry-run
	env -u DATABASE_URL $(test) $(manage) check --database default --fail-level WARNING
	$(if $(DATABASE_URL),$(test) $(manage) check --database default --fail-level WARNING)
	$(production) $(manage) check --deploy --fail-level WARNING
	$(pytest) -q tests/test_repository.py tests/test_templates.py

## make format        書式を整える
.PHONY: format
format: .venv/develop.stamp
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	find templates regions support sumairu -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

## make ci            lint、二つのデータベースでのテストのすべての場合、短い fuzz、ブラウザー（30分以内）。DATABASE_URL に PostgreSQL が要る
.PHONY: ci
ci: postgresql-is-named .venv/develop.stamp
	$(call timed,lint,$(MAKE) lint)
	$(call timed,test-all（SQLite）,env -u DATABASE_URL $(MAKE) test-all)
	$(call timed,test-all（PostgreSQL）,$(MAKE) test-all TESTS="tests $(without_database:%=--ignore=%)")
	$(call timed,fuzz,$(MAKE) fuzz N=60 LISTS=600)
	$(call timed,test-browser,env -u DATABASE_URL $(MAKE) test-browser)

## make fuzz          壊したブックを取り込ませ、誤りも止まりも半端な保存もないこと、言葉の混じった表から誤った数を読まないことを確かめる（N=2000 SEED=0 で数と種を変えられる）
.PHONY: fuzz
fuzz: .venv/develop.stamp
	$(py) -m tests.fuzz --count $(N) --seed $(SEED)
	$(py) -m tests.strewn --count $(or $(LISTS),$(N)) --seed $(SEED)

## make bench         速さと大きさを測り var/bench.json に書く（数分）
.PHONY: bench
bench: .venv/develop.stamp
	$(py) -m tests.bench

## make bench-all     同じく、時間のかかるものも：10万件のページと検索（二つのデータベース）、200人が読み10人が編集する負荷、2台のウェブ。DATABASE_URL に PostgreSQL が要る
.PHONY: bench-all
bench-all: .venv/develop.stamp
	$(py) -m tests.bench --all

## make screenshots   公開と職員の画面を種類ごとに1つずつ、広い幅と狭い幅、明るい色と暗い色で撮り var/screenshots/ に置く（数分）
.PHONY: screenshots
screenshots: .venv/develop.stamp
	$(py) -m tests.screenshots

## make lock          requirements/*.in から、ハッシュ付きの *.txt を作り直す
.PHONY: lock
lock: .venv/develop.stamp
	for part in run develop; do \
		.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header requirements/$$part.in --output-file requirements/$$part.txt || exit 1; \
	done

## make openapi       APIの定義（sumairu/pages/api/openapi.json）を、いまのコードから作り直す
.PHONY: openapi
openapi: .venv/develop.stamp
	$(test) $(manage) shell --verbosity 0 --command 'from sumairu.pages.api.openapi import write; write()'

## make columns       /data/ のファイルの列を変えたとき、何が変わったかを NOTE="…" として記録する（ファイルの「説明」に出る）
.PHONY: columns
columns: .venv/develop.stamp
	$(test) $(manage) keep_columns "$(NOTE)"

## make help          この一覧
.PHONY: help
help:
	sed -n 's/^## //p' Makefile

# --- What the targets above stand on ------------------------------------------------------------------------------

MAKEFLAGS += --no-print-directory
export PORT

timed = start=$$(date +%s); $(2) || exit 1; echo "== $(1): $$(($$(date +%s) - start))秒"
say_no = { printf '%s\n' $(1) >&2; exit 1; }

.PHONY: python-is-fit
python-is-fit:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(call say_no, \
		"$(PYTHON) が Python 3.11 以上ではありません（または見つかりません）。" \
		"3.11 以上を入れるか、make PYTHON=python3.12 のように指定してください。")
	$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || $(call say_no, \
		"$(PYTHON) に仮想環境を作る機能（venv）がありません。" \
		"Debian・Ubuntu では次で入ります: sudo apt-get install python3-venv")

.PHONY: port-is-free
port-is-free: python-is-fit
	$(PYTHON) -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); \
		s.bind(("127.0.0.1", int(sys.argv[1])))' "$(PORT)" 2>/dev/null || $(call say_no, \
		"127.0.0.1 のポート $(PORT) は使えません。ほかのプログラムか、前の make demo が使っていませんか。" \
		"それを止めるか、make $(firstword $(MAKECMDGOALS)) PORT=8001 のように別の番号で動かしてください。")

.PHONY: postgresql-is-named
postgresql-is-named:
	case "$$DATABASE_URL" in postgres*) ;; *) $(call say_no, \
		"make ci は PostgreSQL でもテストします。その場所を DATABASE_URL に指定してください。" \
		"例: DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres make ci") ;; esac

.venv/bin/python: | python-is-fit
	echo "== 仮想環境 .venv を作っています"
	$(PYTHON) -m venv .venv

.venv/run.stamp .venv/develop.stamp: .venv/%.stamp: requirements/%.txt | .venv/bin/python
	@echo "== 部品を入れています（requirements/$*.txt、初回は1分ほど）"
	$(py) -m pip install --disable-pip-version-check --no-input --require-hashes --requirement $<
	@touch $@

var/static.stamp: $(shell find static -type f) requirements/run.txt sumairu/settings.py | .venv/run.stamp
	echo "== 画面の部品（CSSなど）を集めて圧縮しています"
	$(demo) deploy/steps.sh build --verbosity 0
	touch $@
