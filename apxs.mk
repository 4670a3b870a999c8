# apxs.mk: builds, runs, tests and installs mod_ejournal.
#
#   make run      [PORT=8080] [FRESH=1] [SCHOOLS=50]   a demo school, until Ctrl-C
#   make check    [SANITIZE=1] [T='tests/lesson/*.t …'] [V=1] every test
#   make bench                                         the figures in README.md
#   make backtest                                      how good the forecasts are, on a generated year
#   make audit                                         wapiti, sqlmap, testssl.sh; half an hour
#   make lint | fmt                                    look over, lay out the C
#   make install | uninstall  [DESTDIR=…]              where Debian's Apache looks
#   make deb      [VERSION=…]                          Debian's package, in build/deb
#   make region                                        the package, and a cluster, in a fresh Debian; some minutes
#   make migrate  [DB=…]                               create or upgrade a schema
#   make fonts                                         the face of printed forms, anew
#   make shots    [PORT=8080]                          the pictures of the guides, anew, from make run
#   make build | clean
#
# What is missing is installed with apt by tests/lib/packages.sh, which names
# it. Nothing outside build/ (and a directory in /tmp while it runs) is
# touched, but by install and migrate.

PORT     ?= 8080
DB       ?= ejournal
V        ?= 0
T        ?=
FRESH    ?=
SCHOOLS  ?= 1
SANITIZE ?=
VERSION  ?= 0.1

# The sanitized module has its own objects, so that both can be kept.
ifeq ($(SANITIZE),1)
OUT      := build/asan
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined \
            -fno-omit-frame-pointer -DEJ_SANITIZE
else
OUT      := build
SANFLAGS :=
endif

# Apache's own compiler and flags; empty only before the packages are there.
apxs = $(shell apxs -q $(1) 2>/dev/null)
pkgs = $(shell pkg-config $(1) libpq libxml-2.0 libxslt libexslt libcrypt libcrypto gmime-3.0 2>/dev/null)

CC         := $(call apxs,CC)
LIBEXECDIR := $(call apxs,LIBEXECDIR)
STRICT     := -std=gnu99 -fvisibility=hidden -Wall -Wextra -Wshadow \
              -Wno-missing-field-initializers \
              -Wmissing-prototypes -Werror
INCLUDES   := -Imod_ejournal -Imod_ejournal/core $(call apxs,EXTRA_INCLUDES) \
              $(call pkgs,--cflags)
ALL_CFLAGS := $(call apxs,CFLAGS) $(call apxs,EXTRA_CPPFLAGS) \
              $(call apxs,EXTRA_CFLAGS) $(STRICT) $(SANFLAGS) -fPIC $(INCLUDES)
# Not by pkg-config: Debian 13's file wants a package that it does not depend on.
LIBS       := $(call pkgs,--libs) -lxlsxwriter -lz -lzip -lqrencode -lical -lcurl
APR_LIBS   := $(shell apr-1-config --link-ld 2>/dev/null)

SOURCES := $(wildcard mod_ejournal/*.c mod_ejournal/core/*/*.c mod_ejournal/features/*.c)
HEADERS := $(wildcard mod_ejournal/*.h mod_ejournal/core/*/*.h)
QUERIES := $(wildcard sql/queries/*.sql)
OBJECTS := $(SOURCES:mod_ejournal/%.c=$(OUT)/obj/%.o) $(OUT)/obj/queries.o
# Files without httpd, which the unit tests are linked with.
PURE    := $(wildcard mod_ejournal/core/text/*.c) mod_ejournal/core/http/form.c \
           mod_ejournal/core/http/params.c
UNITS   := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(wildcard tests/unit/*.c))

# One build at a time in one checkout, whoever asks.
LOCKED = mkdir -p build && exec flock build/lock \
         $(MAKE) --no-print-directory -j2 -f apxs.mk SANITIZE=$(SANITIZE) VERSION=$(VERSION)

.PHONY: build run check bench backtest audit lint fmt fonts shots install uninstall deb region cluster migrate clean objects test-objects

build:
	@tests/lib/packages.sh build
	@$(LOCKED) objects

objects: $(OUT)/mod_ejournal.so build/share/.made
	@:

test-objects: objects $(UNITS) $(OUT)/mod_faults.so $(OUT)/sheet_cost
	@:
ifeq ($(SANITIZE),1)
test-objects: $(OUT)/mod_trip.so
endif

run:
	@tests/lib/packages.sh run
	@$(LOCKED) objects
	@PORT=$(PORT) FRESH=$(FRESH) SCHOOLS=$(SCHOOLS) exec perl tests/lib/run.pl

check:
	@tests/lib/packages.sh check
	@$(LOCKED) test-objects
	@SANITIZE=$(SANITIZE) V=$(V) exec perl tests/lib/check.pl $(T)

bench:
	@tests/lib/packages.sh bench
	@$(LOCKED) objects
	@exec tests/bench/run

backtest:
	@tests/lib/packages.sh check
	@exec tests/backtest/run $(SALT)

audit:
	@tests/lib/packages.sh audit
	@$(LOCKED) objects
	@exec tests/audit/run $(AUDIT)

# ------------------------------------------------------------------ build --

# Through a second name: a running Apache has the old file mapped. -Bsymbolic: after a graceful restart with
# the next version both are mapped, and each must find its own ejournal_module.
$(OUT)/mod_ejournal.so: $(OBJECTS)
	@echo "  LD  $@"
	@$(CC) $(SANFLAGS) -shared -Wl,-z,nodelete -Wl,-Bsymbolic -o $@.new $(OBJECTS) $(LIBS)
	@mv $@.new $@

$(OUT)/obj/%.o: mod_ejournal/%.c apxs.mk
	@echo "  CC  $<"
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The page says which version it is of (frame.c).
FRAME := $(OUT)/obj/core/page/frame.o $(OUT)/faults/core/page/frame.o
$(FRAME): ALL_CFLAGS += -DEJ_VERSION='"$(VERSION)"'
$(FRAME): build/version
build/version: always
	@mkdir -p build; echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' > $@
always:
.PHONY: always version

# The text of all queries as a C table. A query file that is taken away changes
# the directory.
build/queries.c: mod_ejournal/queries.pl $(QUERIES) sql/queries sql/migrations
	@echo "  QUERIES"
	@mkdir -p $(@D)
	@mod_ejournal/queries.pl $(QUERIES) > $@.new
	@mv $@.new $@

$(OUT)/obj/queries.o: build/queries.c
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/unit/%: tests/unit/%.c $(PURE) apxs.mk
	@echo "  CC  $<"
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(PURE) $(APR_LIBS)

# The module with the hooks of tests/faults, which nobody installs.
$(OUT)/mod_faults.so: $(SOURCES:mod_ejournal/%.c=$(OUT)/faults/%.o) $(OUT)/obj/queries.o
	@echo "  LD  $@"
	@$(CC) $(SANFLAGS) -shared -o $@.new $^ $(LIBS)
	@mv $@.new $@

$(OUT)/faults/%.o: mod_ejournal/%.c apxs.mk
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -DEJ_FAULTS -MMD -MP -c -o $@ $<

# Provokes one sanitizer report of each kind (tests/core/sanitize.t).
$(OUT)/mod_trip.so: tests/lib/mod_trip.c apxs.mk
	@echo "  CC  $<"
	@$(CC) $(ALL_CFLAGS) -O0 -shared -o $@ $<

# What a sheet costs (tests/shape/linear.t).
$(OUT)/sheet_cost: tests/lib/sheet_cost.c apxs.mk
	@echo "  CC  $<"
	@$(CC) $(ALL_CFLAGS) -o $@ $< $(LIBS)

-include $(wildcard $(OUT)/obj/*.d $(OUT)/obj/*/*.d $(OUT)/obj/*/*/*.d $(OUT)/faults/*.d $(OUT)/faults/*/*.d $(OUT)/faults/*/*/*.d $(OUT)/unit/*.d)

# build/share is laid out as /usr/share/ejournal. The directories are among
# the prerequisites, so that a file taken away is noticed.
CSS_FIRST := $(addprefix xslt/static/css/,base.css form.css table.css)
CSS_LAST  := xslt/static/css/print.css
CSS       := $(CSS_FIRST) $(filter-out $(CSS_FIRST) $(CSS_LAST),$(sort \
             $(wildcard xslt/static/css/*.css))) $(CSS_LAST)
# All modules become a script for every page, one for the grid, one for the lesson, one for the
# plan, one for the timetable's editor and what these share, without comments. The browser is asked for no more than es2022,
# which esbuild of Debian 12 knows; no source map is made.
JS        := $(addprefix xslt/static/js/,app.js journal.js lesson.js plans.js timetable.js)
JS_FLAGS  := --bundle --splitting --chunk-names=part-[hash] --minify --format=esm --target=es2022 --charset=utf8 --log-level=warning
SHARED    := conf/common-passwords.txt $(shell find xslt sql -not -name '.*' 2>/dev/null)

build/share/.made: $(SHARED) apxs.mk
	@echo "  SHARE"
	@rm -rf build/share.new build/share.old
	@mkdir -p build/share.new/xslt build/share.new/static \
	  build/share.new/sql
	@for f in xslt/*.xsl; do [ ! -f $$f ] || cp $$f build/share.new/xslt/; done
	@for d in print mail schema help exchange; do \
	  [ ! -d xslt/$$d ] || cp -r xslt/$$d build/share.new/xslt/; done
	@for f in sql/*.sql sql/*.sh sql/migrations sql/objects sql/statistic sql/gto; do \
	  [ ! -e $$f ] || cp -r $$f build/share.new/sql/; done
	@cat /dev/null $(CSS) > build/share.new/static/app.css
	@command -v esbuild >/dev/null || { echo "The scripts are joined by esbuild, which is missing: apt-get install esbuild" >&2; exit 1; }
	@esbuild $(JS) $(JS_FLAGS) --outdir=build/share.new/static
	@for d in img font; do [ ! -d xslt/static/$$d ] || cp -r xslt/static/$$d build/share.new/static/; done
	@cp conf/common-passwords.txt build/share.new/
	@chmod -R u=rwX,go=rX build/share.new
	@touch build/share.new/.made
	@[ ! -d build/share ] || mv build/share build/share.old
	@mv build/share.new build/share
	@rm -rf build/share.old

# ---------------------------------------------------------------- install --

APACHE := $(DESTDIR)/etc/apache2
SHARE  := $(DESTDIR)/usr/share/ejournal
SBIN   := $(DESTDIR)/usr/sbin
COMMANDS := $(addprefix ejournal-,backup migrate package proof restore school setup verify)

# A configuration the administrator has changed is kept; the new text is laid
# beside it.
install: build
	install -d $(DESTDIR)$(LIBEXECDIR) $(APACHE)/mods-available \
	  $(APACHE)/conf-available $(SHARE) $(SBIN)
	install -m 644 build/mod_ejournal.so $(DESTDIR)$(LIBEXECDIR)/
	rm -rf $(SHARE)/xslt $(SHARE)/static $(SHARE)/sql $(SHARE)/conf
	cp -r build/share/xslt build/share/static build/share/sql \
	  build/share/common-passwords.txt $(SHARE)/
	install -d $(SHARE)/conf
	install -m 644 conf/*.conf conf/*.service conf/*.timer $(SHARE)/conf/
	cp -r conf/apparmor conf/selinux $(SHARE)/conf/
	chmod -R u=rwX,go=rX $(SHARE)/conf
	install -m 755 $(COMMANDS:%=sql/%) $(SBIN)/
	sed 's|@LIBEXECDIR@|$(LIBEXECDIR)|' conf/ejournal.load \
	  > $(APACHE)/mods-available/ejournal.load
	chmod 644 $(APACHE)/mods-available/ejournal.load
	@to=$(APACHE)/conf-available/ejournal.conf; \
	if [ -f $$to ] && ! cmp -s conf/ejournal.conf $$to; then \
	  echo "$$to was changed and is kept; the new one is $$to.new"; to=$$to.new; fi; \
	install -m 644 conf/ejournal.conf $$to
	@echo 'Now (README.md has the lines): ejournal-migrate; ejournal-school; a2enmod ejournal; a2enconf ejournal; apachectl configtest'

uninstall:
	rm -f $(DESTDIR)$(LIBEXECDIR)/mod_ejournal.so $(COMMANDS:%=$(SBIN)/%) \
	  $(APACHE)/mods-available/ejournal.load $(APACHE)/mods-enabled/ejournal.load \
	  $(APACHE)/conf-enabled/ejournal.conf $(APACHE)/conf-available/ejournal.conf.new
	rm -rf $(SHARE)
	@to=$(APACHE)/conf-available/ejournal.conf; \
	if [ -f $$to ] && ! cmp -s conf/ejournal.conf $$to; then \
	  echo "$$to was changed and is kept"; else rm -f $$to; fi

migrate:
	@PGDATABASE=$(DB) sql/ejournal-migrate

# ---------------------------------------------------------------- package --

# debian/ is laid beside nothing: its rules call `make install` of this tree.
DEB := build/deb/$(VERSION)

version:
	@echo $(VERSION)

deb: build
	@tests/lib/packages.sh package
	@rm -rf $(DEB)
	@mkdir -p $(DEB)
	@cp -r conf/debian $(DEB)/
	@sed -i 's/@VERSION@/$(VERSION)/' $(DEB)/debian/changelog
	@cd $(DEB) && MAKEFLAGS= EJ_TOP=$(CURDIR) EJ_VERSION=$(VERSION) DEB_BUILD_OPTIONS=noautodbgsym \
	  dpkg-buildpackage --build=binary --no-sign >../$(VERSION).log 2>&1 || { tail -20 ../$(VERSION).log; exit 1; }
	@rm -rf $(DEB)
	@cd build/deb && lintian --fail-on error,warning *_$(VERSION)_*.changes && ls *_$(VERSION)_*.deb

region:
	@tests/lib/packages.sh package
	@tests/package
	@exec tests/fresh -- make cluster

# In a machine of its own: it installs Patroni, etcd and haproxy.
cluster: test-objects
	@tests/lib/packages.sh cluster
	@exec perl -Itests/lib tests/cluster/failover

# ------------------------------------------------------------------- care --

lint:
	@tests/lib/packages.sh lint
	cppcheck --quiet --enable=warning,performance,portability --inline-suppr \
	  --suppress=missingIncludeSystem --error-exitcode=1 --std=c99 \
	  -Imod_ejournal -Imod_ejournal/core mod_ejournal
	@set -e; for f in $(SOURCES); do echo "  AN  $$f"; \
	  $(CC) $(ALL_CFLAGS) -fanalyzer -c -o /dev/null $$f; done
	@! grep -nP '(*UTF8)^.{81,}' $(SOURCES) $(HEADERS) || \
	  echo 'are longer than 80 columns'
	@perl tests/lib/lengths.pl
	@prove -Q tests/shape/layers.t && \
	  echo 'no file includes upward or in a circle; no public function is without a comment'
	@clang-format --dry-run $(SOURCES) $(HEADERS) 2>&1 | grep -c warning: | \
	  sed 's/$$/ places that make fmt would lay out anew/'

fmt:
	@tests/lib/packages.sh lint
	clang-format -i $(SOURCES) $(HEADERS) $(wildcard tests/*/*.[ch])

# What it makes is committed: a build needs neither Python nor Debian's font.
fonts:
	@tests/lib/packages.sh fonts
	/usr/bin/python3 xslt/fonts.py xslt/static/font

# The demo school is running (make run); what it makes is committed.
shots:
	@tests/lib/packages.sh check
	@perl -Itests/lib -MEJ::Browser -e 'EJ::Browser::install()'
	@EJ_URL=http://127.0.0.1:$(PORT) EJ_LOGINS=build/run/logins.tsv node tests/browser/shots.mjs

clean:
	rm -rf build/obj build/unit build/faults build/asan build/share build/template build/mod_*.so
