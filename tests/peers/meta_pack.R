# Pools the sets that meta_pack_inputs.py writes, by means of our own program's peers only:
# metafor (Debian's r-cran-metafor) for the classical figures, and R's adaptive quadrature (integrate, uniroot) for the
# Bayesian ones: normal prior of mu, half-normal prior of tau, the model of bayesmeta.
#   python tests/peers/meta_pack_inputs.py > sets.csv && Rscript tests/peers/meta_pack.R sets.csv > tests/peers/meta_pack.json
suppressPackageStartupMessages(library(metafor))
rows <- read.csv(commandArgs(trailingOnly = TRUE)[1], stringsAsFactors = FALSE)
levels <- c(0.05, 0.25, 0.5, 0.75, 0.95)
list_of <- function(x) paste0("[", paste(sprintf("%.12g", x), collapse = ","), "]")

bayes <- function(y, se, m0, s0, scale) {
  given <- function(tau) {
    p <- 1 / (se^2 + tau^2)
    v <- 1 / (sum(p) + 1 / s0^2)
    list(m = v * (sum(p * y) + m0 / s0^2), v = v)
  }
  log_marginal <- function(tau) {
    # y given tau is multivariate normal with covariance diag(se^2 + tau^2) + s0^2: Cholesky, no shortcut of ours.
    covariance <- diag(se^2 + tau^2, length(y)) + s0^2
    root <- chol(covariance)
    z <- backsolve(root, y - m0, transpose = TRUE)
    -sum(log(diag(root))) - 0.5 * sum(z^2) - 0.5 * (tau / scale)^2
  }
  top <- max(sapply(seq(0, 8 * scale, length.out = 400), log_marginal))
  density <- Vectorize(function(tau) exp(log_marginal(tau) - top))
  end <- 8.5 * scale
  cuts <- end * seq(0, 1, length.out = 41)^2
  over <- function(f, upto = end) {
    edges <- c(cuts[cuts < upto], upto)
    sum(mapply(function(a, b) integrate(f, a, b, rel.tol = 1e-10)$value, head(edges, -1), tail(edges, -1)))
  }
  total <- over(density)
  mixture <- function(extra) {
    function(x) over(Vectorize(function(tau) {
      g <- given(tau)
      density(tau) * pnorm(x, g$m, sqrt(g$v + extra * tau^2))
    })) / total
  }
  moment <- function(f) over(Vectorize(function(tau) density(tau) * f(tau))) / total
  mean_mu <- moment(function(tau) given(tau)$m)
  var_mu <- moment(function(tau) { g <- given(tau); g$v + (g$m - mean_mu)^2 })
  var_new <- var_mu + moment(function(tau) tau^2)
  quantile_of <- function(cdf, sd) sapply(levels, function(p)
    uniroot(function(x) cdf(x) - p, mean_mu + c(-12, 12) * sd, tol = 1e-9)$root)
  tau_cdf <- function(t) over(density, t) / total
  list(
    mu = quantile_of(mixture(0), sqrt(var_mu)), new = quantile_of(mixture(1), sqrt(var_new)),
    tau = sapply(levels, function(p) uniroot(function(t) tau_cdf(t) - p, c(1e-9, end), tol = 1e-9)$root),
    mean = mean_mu, sd_mu = sqrt(var_mu), sd_new = sqrt(var_new)
  )
}

classical <- function(y, se, method) {
  control <- list(threshold = 1e-12, maxiter = 10000)
  fit <- rma(yi = y, sei = se, method = method, control = control)
  hartung <- rma(yi = y, sei = se, method = method, test = "knha", control = control)
  sprintf('"metafor_%s":{"mu":[%.12g],"se":[%.12g],"tau2":[%.12g],"I2":[%.12g],"knha_se":[%.12g]}',
          method, as.numeric(fit$beta), fit$se, fit$tau2, fit$I2, hartung$se)
}

sets <- sapply(unique(rows$set), function(name) {
  set <- rows[rows$set == name, ]
  prior <- set[1, ]
  b <- bayes(set$y, set$se, prior$mu_mean, prior$mu_sd, prior$tau_scale)
  parts <- c(
    sprintf('"name":"%s","studies":[%s],"y_logit":%s,"se":%s', name,
            paste(sprintf('"%s"', set$study), collapse = ","), list_of(set$y), list_of(set$se)),
    sprintf('"prior":{"mu_mean":%.12g,"mu_sd":%.12g,"tau_halfnormal_scale":%.12g}',
            prior$mu_mean, prior$mu_sd, prior$tau_scale),
    sprintf('"quantile_levels":%s', list_of(levels)),
    sprintf('"bayesmeta":{"mu":%s,"predictive":%s,"tau":%s,"mu_mean_sd":%s,"predictive_mean_sd":%s}',
            list_of(b$mu), list_of(b$new), list_of(b$tau), list_of(c(b$mean, b$sd_mu)), list_of(c(b$mean, b$sd_new)))
  )
  if (nrow(set) > 1) parts <- c(parts, classical(set$y, set$se, "DL"), classical(set$y, set$se, "REML"))
  paste0("{", paste(parts, collapse = ","), "}")
})
cat(sprintf('{"source":"%s, metafor %s; Bayesian figures by integrate and uniroot; logit scale","sets":[\n%s\n]}\n',
            R.version.string, as.character(packageVersion("metafor")), paste(sets, collapse = ",\n")))
