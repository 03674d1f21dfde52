# What each package that R attaches at its start brings, so that the driver can attach it when it is first wanted.
Rscript --vanilla -e 'attached <- getOption("defaultPackages")' -e 'saveRDS(sapply(attached, function(p) ls(paste0("package:", p)), simplify = FALSE), "/sandbox/r/attached.rds")'
